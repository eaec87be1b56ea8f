using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Core;

/// <summary>
/// Media features by their tags (RFC 3840): what a contact says about itself in REGISTER, or what a caller asks for in
/// Accept-Contact and Reject-Contact.
/// </summary>
public sealed class FeatureSet
{
    // The tags of RFC 3840 section 9 that stand without a plus sign.
    private static readonly HashSet<string> BaseTags = new(StringComparer.OrdinalIgnoreCase)
    {
        "audio", "automata", "class", "duplex", "data", "control", "mobility", "description", "events", "priority", "methods",
        "extensions", "schemes", "application", "video", "language", "type", "isfocus", "actor", "text",
    };

    private readonly Dictionary<string, IReadOnlyList<FeatureValue>> _features = new(StringComparer.OrdinalIgnoreCase);

    public FeatureSet(SipParameters parameters)
    {
        foreach (var name in parameters.Names.Where(IsFeature))
        {
            _features.Add(name, FeatureValue.Read(parameters[name]));
        }
    }

    /// <summary>How many features are named.</summary>
    public int Count => _features.Count;

    public bool IsEmpty => _features.Count == 0;

    /// <summary>Whether every tag of the caller's is stated here.</summary>
    public bool States(FeatureSet caller) => caller._features.Keys.All(_features.ContainsKey);

    /// <summary>
    /// Whether both can be true at once; a tag that only one of them names is no hindrance (RFC 2533). The score is the share of the
    /// caller's tags that are stated here (RFC 3841 section 7.2.4).
    /// </summary>
    public bool Meets(FeatureSet caller, out double score)
    {
        var stated = 0;
        foreach (var (tag, wanted) in caller._features)
        {
            if (!_features.TryGetValue(tag, out var own))
            {
                continue;
            }

            if (!wanted.Any(value => own.Any(value.Meets)))
            {
                score = 0;
                return false;
            }

            stated++;
        }

        score = caller.IsEmpty ? 1 : (double)stated / caller._features.Count;
        return true;
    }

    private static bool IsFeature(string name) => name is ['+', ..] || BaseTags.Contains(name);
}
