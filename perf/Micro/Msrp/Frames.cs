using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;

namespace OmaIm.Micro.Msrp;

/// <summary>Frames as members of a room send them.</summary>
internal static class Frames
{
    public const string Room = "sip:lobby@rooms.example.com";
    public const string SwitchPath = "msrp://192.0.2.1:2855/bjq2KVAGZ7hJ0sWnD4xTt1cRfYpLuEoMi;tcp";
    public const string PeerPath = "msrp://198.51.100.7:49152/k3jd8Hs0aa9fKqPz;tcp";

    /// <summary>A message of one chunk whose text has this size.</summary>
    public static byte[] Message(int size, string toPath = SwitchPath, string fromPath = PeerPath, string from = "sip:alice@example.com")
    {
        var body = MsrpText.Cpim(from, Room, new string('x', size));
        return MsrpText.Bytes(MsrpText.Send("k39fj2hs8d0a", toPath, fromPath, "k39fj2hs8d0b", body, $"1-{body.Length}/{body.Length}"));
    }

    /// <summary>The answer to a delivery.</summary>
    public static byte[] Answer(string toPath = SwitchPath, string fromPath = PeerPath) =>
        MsrpText.Bytes(MsrpText.Response(new string('k', TransactionIds.Length), 200, toPath, fromPath).Replace("Comment", "OK", StringComparison.Ordinal));
}
