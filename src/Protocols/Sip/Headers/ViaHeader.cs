using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Via = via-parm *( COMMA via-parm ) ; via-parm = sent-protocol LWS sent-by *( SEMI via-params ) (RFC 3261 section 20.42).</summary>
[Header(HeaderProtocol.Sip, "Via", Compact = "v", Cardinality = HeaderCardinality.List, Order = 0)]
public sealed class ViaHeader
{
    /// <summary>What the branch of an RFC 3261 implementation begins with (section 8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>Composes a value.</summary>
    public ViaHeader(string transport, string host, int? port = null, SipParameters? parameters = null)
    {
        Transport = transport;
        Host = host;
        Port = port;
        Parameters = parameters ?? SipParameters.Empty;
    }

    /// <summary>"UDP", "TCP", "TLS", "WS", "WSS" or another, in upper case.</summary>
    public string Transport { get; }

    /// <summary>The host of sent-by in lower case, an IPv6 address in brackets.</summary>
    public string Host { get; }

    /// <summary>The port of sent-by; null when none is written.</summary>
    public int? Port { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The branch; null when there is none.</summary>
    public string? Branch => Parameters["branch"];

    /// <summary>
    /// Whether the branch identifies the transaction (section 17.2.3): it starts with the cookie and has something behind it.
    /// Otherwise the rules of RFC 2543 apply.
    /// </summary>
    public bool HasUniqueBranch => Branch is { } branch
        && branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>The address that the receiver saw, an IPv6 address with or without brackets as it was written; null when none is noted.</summary>
    public string? Received => Parameters["received"];

    /// <summary>Whether rport is there, with or without a value (RFC 3581).</summary>
    public bool HasRport => Parameters.Contains("rport");

    /// <summary>The port that the receiver saw; null when none is noted.</summary>
    public int? Rport { get; private init; }

    /// <summary>A copy with the parameter set; a null value gives the bare name.</summary>
    public ViaHeader With(string parameter, string? value = null) => new(Transport, Host, Port, Parameters.With(parameter, value))
    {
        Rport = parameter.Equals("rport", StringComparison.OrdinalIgnoreCase) ? ReadPort(value) : Rport,
    };

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ViaHeader? header)
    {
        header = null;
        var scanner = new HeaderScanner(value);
        scanner.SkipSpace();

        // sent-protocol = protocol-name SLASH protocol-version SLASH transport
        if (!scanner.TryTakeToken(out var name) || !Ascii.EqualsIgnoreCase(name, "SIP"u8) || !scanner.TryTake((byte)'/')
            || !scanner.TryTakeToken(out var version) || !version.SequenceEqual("2.0"u8) || !scanner.TryTake((byte)'/')
            || !scanner.TryTakeToken(out var transport) || !scanner.TryTakeSpace()
            || !TryReadSentBy(ref scanner, out var host, out var port)
            || !SipParameters.TryParse(ref scanner, out var parameters))
        {
            return false;
        }

        int? rport = null;
        if (parameters["rport"] is { } text && (rport = ReadPort(text)) is null)
        {
            return false;
        }

        header = new ViaHeader(Encoding.ASCII.GetString(transport).ToUpperInvariant(), host, port, parameters) { Rport = rport };
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Port is { } port
        ? string.Create(CultureInfo.InvariantCulture, $"SIP/2.0/{Transport} {Host}:{port}{Parameters}")
        : $"SIP/2.0/{Transport} {Host}{Parameters}";

    // sent-by = host [ COLON port ]
    private static bool TryReadSentBy(ref HeaderScanner scanner, out string host, out int? port)
    {
        host = "";
        port = null;
        if (!scanner.TryTakeHost(out var text))
        {
            return false;
        }

        host = Encoding.ASCII.GetString(text).ToLowerInvariant();
        if (!scanner.TryTake((byte)':'))
        {
            return true;
        }

        var isNumber = scanner.TryTakeNumber(ushort.MaxValue, out var number);
        port = (int)number;
        return isNumber;
    }

    private static int? ReadPort(string? text)
        => Digits.TryParse(Encoding.UTF8.GetBytes(text ?? ""), ushort.MaxValue, out var number) ? (int)number : null;
}
