using System.Security.Cryptography;
using OmaIm.Protocols.Cpim;

namespace OmaIm.Load.Messages;

/// <summary>
/// A large message: random bytes behind a marker, with many look-alikes of MSRP end-lines and frames among them, which must come out
/// as what they are: content.
/// </summary>
internal sealed class BigContent
{
    /// <summary>A frame smuggled in about every so many bytes.</summary>
    private const int LookAlikeSpacing = 50_000;

    private static ReadOnlySpan<byte> LookAlike => "\r\n-------abcdef0123456789$\r\nMSRP abcdef0123456789 SEND\r\nTo-Path: "u8;

    public BigContent(uint sender, string from, string to, int length, long due, DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Marker.Length);
        var content = new byte[length];
        RandomNumberGenerator.Fill(content);
        for (var at = LookAlikeSpacing; at + LookAlike.Length <= length; at += LookAlikeSpacing)
        {
            LookAlike.CopyTo(content.AsSpan(at));
        }

        new Marker(sender, 0, due).Write(content);
        Sha256 = SHA256.HashData(content);
        Body = CpimWriter.Wrap(from, null, to, time, "application/octet-stream", content);
    }

    /// <summary>The whole message/cpim body.</summary>
    public byte[] Body { get; }

    /// <summary>SHA-256 of the content inside the CPIM message, marker included.</summary>
    public byte[] Sha256 { get; }
}
