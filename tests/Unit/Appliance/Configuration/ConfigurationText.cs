using System.Text;
using OmaIm.Appliance.Configuration;

namespace OmaIm.Tests.Unit.Appliance.Configuration;

/// <summary>Loads a configuration from text, as if it stood in a file.</summary>
internal static class ConfigurationText
{
    public static ConfigurationResult Load(string json, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json, new UTF8Encoding(false));
            return ConfigurationLoader.Load(file, environment ?? new Dictionary<string, string>(), arguments);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The only problem of a configuration, its source without the folder of the temporary file.</summary>
    public static ConfigurationProblem OnlyProblem(string json, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) =>
        Xunit.Assert.Single(Load(json, environment, arguments).Problems);
}
