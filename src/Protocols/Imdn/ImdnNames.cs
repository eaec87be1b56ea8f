using System.Xml.Linq;

namespace OmaIm.Protocols.Imdn;

/// <summary>The words of RFC 5438 for our enumerations, both ways.</summary>
internal static class ImdnNames
{
    public static readonly XNamespace Namespace = "urn:ietf:params:xml:ns:imdn";

    private static readonly string[] Kinds = ["delivery-notification", "processing-notification", "display-notification"];

    private static readonly string[] Statuses = ["delivered", "failed", "processed", "stored", "displayed", "forbidden", "error"];

    public static string Of(ImdnKind kind) => Kinds[(int)kind];

    public static string Of(ImdnStatus status) => Statuses[(int)status];

    public static ImdnKind? Kind(XName name) => (ImdnKind?)Index(Kinds, name);

    public static ImdnStatus? Status(XName name) => (ImdnStatus?)Index(Statuses, name);

    private static int? Index(string[] names, XName name) =>
        name.Namespace == Namespace && Array.IndexOf(names, name.LocalName) is var index and >= 0 ? index : null;
}
