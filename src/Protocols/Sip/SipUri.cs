using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Sip;

public sealed class SipUri
{
    public string Scheme => throw new NotImplementedException();
    public string? User => throw new NotImplementedException();
    public string Host => throw new NotImplementedException();
    public int? Port => throw new NotImplementedException();
    public SipParameters Parameters => throw new NotImplementedException();
    public string? Headers => throw new NotImplementedException();
    public string Aor => throw new NotImplementedException();
    public bool IsSip => throw new NotImplementedException();
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SipUri? uri) => throw new NotImplementedException();
    public static bool TryParse(string? text, [NotNullWhen(true)] out SipUri? uri) => throw new NotImplementedException();
    public static SipUri Parse(string text) => throw new NotImplementedException();
    public static SipUri Create(string? user, string host, int? port = null, string? transport = null) => throw new NotImplementedException();
    public bool IsEquivalentTo(SipUri other) => throw new NotImplementedException();
    /// <summary>A copy with the parameter set (a null value: the bare name).</summary>
    public SipUri With(string parameter, string? value = null) => throw new NotImplementedException();
    /// <summary>A copy without the parameter.</summary>
    public SipUri Without(string parameter) => throw new NotImplementedException();
    public override string ToString() => throw new NotImplementedException();
}
