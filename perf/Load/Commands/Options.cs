using System.CommandLine;

namespace OmaIm.Load.Commands;

/// <summary>Options with a default.</summary>
internal static class Options
{
    public static Option<string> Text(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    public static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    public static Option<double> Fraction(string name, string description, double value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
