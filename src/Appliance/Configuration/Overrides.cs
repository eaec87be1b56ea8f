namespace OmaIm.Appliance.Configuration;

/// <summary>
/// Lays the environment and the command line over the file. Both name a key by its path; a list element by its index,
/// which may be one past the end to add an element.
/// </summary>
public sealed class Overrides(RawObject root, ICollection<ConfigurationProblem> problems)
{
    private const string EnvironmentPrefix = "OMAIM__";
    private const string CommandLineStart = "--";

    /// <summary><c>OMAIM__Sip__Udp__Port=5070</c></summary>
    public void ApplyEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        var found = environment
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(variable => new Override(
                $"environment {Printable.Shorten(variable.Key)}",
                variable.Key[EnvironmentPrefix.Length..].Split("__"),
                variable.Value));
        ApplyAll(found);
    }

    /// <summary><c>--Sip:Udp:Port=5070</c> or <c>--Sip:Udp:Port 5070</c></summary>
    public void ApplyCommandLine(IReadOnlyList<string> arguments)
    {
        var found = new List<Override>();
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (!argument.StartsWith(CommandLineStart, StringComparison.Ordinal))
            {
                problems.Add(new ConfigurationProblem("command line", "", $"\"{Printable.Shorten(argument)}\"", "--KEY=VALUE or --KEY VALUE"));
                continue;
            }

            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? argument[CommandLineStart.Length..] : argument[CommandLineStart.Length..equals];
            var source = $"command line --{Printable.Shorten(key)}";
            var value = equals >= 0 ? argument[(equals + 1)..] : null;
            if (value is null && index + 1 < arguments.Count && !arguments[index + 1].StartsWith(CommandLineStart, StringComparison.Ordinal))
            {
                value = arguments[++index];
            }

            found.Add(new Override(source, key.Split(':'), value));
        }

        ApplyAll(found);
    }

    /// <summary>In the order of their paths, so that element 0 of a list comes before element 1.</summary>
    private void ApplyAll(IEnumerable<Override> overrides)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var change in overrides.OrderBy(change => change.SortKey, StringComparer.OrdinalIgnoreCase))
        {
            if (!seen.TryAdd(change.Key, change.Source))
            {
                problems.Add(new ConfigurationProblem(change.Source, change.Key, $"a second value ({seen[change.Key]})", "each key once"));
                continue;
            }

            Apply(change);
        }
    }

    private void Apply(Override change)
    {
        if (Resolve(change) is not { } descriptions)
        {
            return;
        }

        RawNode at = root;
        for (var depth = 0; depth < descriptions.Count; depth++)
        {
            RawNode made = descriptions[depth] switch
            {
                SettingValue => new RawValue(change.Source, RawKind.Untyped, change.Value!),
                SettingList => new RawList(change.Source),
                _ => new RawObject(change.Source),
            };
            at = Enter(at, change.Path[depth], made);
        }
    }

    /// <summary>What each segment of the path names; null and a problem when there is no such key.</summary>
    private List<SettingNode>? Resolve(Override change)
    {
        var descriptions = new List<SettingNode>();
        SettingNode description = SettingCatalog.Root;
        RawNode? at = root;
        foreach (var segment in change.Path)
        {
            var count = at is RawList list ? list.Items.Count : 0;
            var (next, expected) = description switch
            {
                SettingSection section => (section.Find(segment)?.Node, $"one of {section.Names}"),
                SettingList items => (TryIndex(segment, count, out _) ? items.Item : null, $"an index from 0 to {count}"),
                _ => (null, "no key below a value"),
            };
            if (next is null)
            {
                problems.Add(new ConfigurationProblem(change.Source, change.Key, $"unknown key \"{Printable.Shorten(segment)}\"", expected));
                return null;
            }

            descriptions.Add(next);
            description = next;
            at = Below(at, segment);
        }

        if (description is SettingValue && change.Value is not null)
        {
            return descriptions;
        }

        problems.Add(description is SettingValue
            ? new ConfigurationProblem(change.Source, change.Key, "no value", "--KEY=VALUE or --KEY VALUE")
            : new ConfigurationProblem(change.Source, change.Key, "a text", $"a key below {change.Key}"));
        return null;
    }

    private static RawNode? Below(RawNode? at, string segment) => at switch
    {
        RawObject section => section.Find(segment),
        RawList list when TryIndex(segment, list.Items.Count - 1, out var index) => list.Items[index],
        _ => null,
    };

    /// <summary>Goes one step down, making what is missing; a node of the wrong kind stays in place for the binder to report.</summary>
    private static RawNode Enter(RawNode at, string segment, RawNode made)
    {
        if (made is not RawValue && Below(at, segment) is { } present)
        {
            return present;
        }

        if (at is RawObject section)
        {
            section.Set(segment, made);
        }
        else if (at is RawList list && TryIndex(segment, list.Items.Count, out var index))
        {
            if (index < list.Items.Count)
            {
                list.Items.RemoveAt(index);
            }

            list.Items.Insert(index, made);
        }

        return made;
    }

    private static bool TryIndex(string segment, int last, out int index)
    {
        var valid = Whole.TryParse(segment, out var number) && number >= 0 && number <= last;
        index = valid ? (int)number : 0;
        return valid;
    }

    private sealed record Override(string Source, IReadOnlyList<string> Path, string? Value)
    {
        private const int IndexDigits = 9;

        public string Key { get; } = Printable.Shorten(string.Join(':', Path));

        public string SortKey { get; } = string.Join(':', Path.Select(segment => Whole.TryParse(segment, out _) ? segment.PadLeft(IndexDigits, '0') : segment));
    }
}
