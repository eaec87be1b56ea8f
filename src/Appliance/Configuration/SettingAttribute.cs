namespace OmaIm.Appliance.Configuration;

/// <summary>
/// Describes one key of omaim.json where it is declared. Validation, omaim.schema.json and CONFIGURATION.md all read this;
/// the default is the property's initializer.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string meaning) : Attribute
{
    public string Meaning { get; } = meaning;

    /// <summary>Where the default or the bound comes from.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Smallest number; of a text its length, of a list its count.</summary>
    public long Minimum { get; init; }

    /// <summary>Largest number; of a text its length, of a list its count.</summary>
    public long Maximum { get; init; } = DefaultMaximum;

    public const long DefaultMaximum = 255;

    public string Unit { get; init; } = "";

    public TextForm Form { get; init; } = TextForm.Text;

    /// <summary>The value is never printed.</summary>
    public bool Secret { get; init; }

    /// <summary>Leaving the key out is an error.</summary>
    public bool Required { get; init; }
}
