using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Protocols.Msrp;

/// <summary>Bytes from a peer, and what a reader must make of them: this many whole frames, then a refusal or nothing more.</summary>
public sealed record MsrpVector(string Name, byte[] Bytes, int Frames, MsrpRejection Rejection)
{
    public override string ToString() => Name;

    public static MsrpVector Accepted(string name, string text, int frames = 1) =>
        new(name, MsrpText.Bytes(text), frames, MsrpRejection.None);

    public static MsrpVector Refused(string name, string text, MsrpRejection rejection, int frames = 0) =>
        new(name, MsrpText.Bytes(text), frames, rejection);
}
