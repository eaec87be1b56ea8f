using System.Security.Cryptography;
using OmaIm.Protocols.Sdp;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sdp;

[Trait("Section", "RFC 8122 5")]
public sealed class CertificateFingerprintTests
{
    private static readonly byte[] Certificate = "any bytes will do"u8.ToArray();

    public static TheoryData<string> Good =>
    [
        $"SHA-256 {Hex(SHA256.HashData(Certificate))}",
        $"sha-384 {Hex(SHA384.HashData(Certificate)).ToLowerInvariant()}",
        $" sha-512 {Hex(SHA512.HashData(Certificate))} ",
    ];

    public static TheoryData<string> Bad =>
    [
        "",
        "sha-256",
        $"sha-256  {Hex(SHA256.HashData(Certificate))}",
        $"sha-256 {Hex(SHA384.HashData(Certificate))}",
        $"sha-256 {Hex(SHA256.HashData(Certificate)).Replace(':', '-')}",
        $"sha-256 {Hex(SHA256.HashData(Certificate))[..^1]}G",
        $"sha-1 {Hex(new byte[20])}",
        $"md5 {Hex(new byte[16])}",
        $"sha-999 {Hex(SHA256.HashData(Certificate))}",
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public void ItIsThatOfOneCertificate(string text)
    {
        Assert.True(CertificateFingerprint.TryParse(text, out var fingerprint));
        Assert.True(fingerprint.Matches(Certificate));
        Assert.False(fingerprint.Matches(Certificate.AsSpan(1)));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void WhatIsMalformedOrProvesNothingIsNone(string text) => Assert.False(CertificateFingerprint.TryParse(text, out _));

    private static string Hex(byte[] hash) => string.Join(':', hash.Select(static value => value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
}
