using System.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>A request method: a token, compared with case (RFC 3261 section 7.1). Unknown ones are carried as they are.</summary>
/// <param name="Name">The token, such as "INVITE".</param>
public readonly record struct SipMethod(string Name)
{
    public static readonly SipMethod Invite = new("INVITE");
    public static readonly SipMethod Ack = new("ACK");
    public static readonly SipMethod Bye = new("BYE");
    public static readonly SipMethod Cancel = new("CANCEL");
    public static readonly SipMethod Register = new("REGISTER");
    public static readonly SipMethod Options = new("OPTIONS");
    public static readonly SipMethod Message = new("MESSAGE");
    public static readonly SipMethod Subscribe = new("SUBSCRIBE");
    public static readonly SipMethod Notify = new("NOTIFY");
    public static readonly SipMethod Refer = new("REFER");
    public static readonly SipMethod Publish = new("PUBLISH");
    public static readonly SipMethod Update = new("UPDATE");
    public static readonly SipMethod Info = new("INFO");
    public static readonly SipMethod Prack = new("PRACK");

    private static readonly SipMethod[] Known =
        [Invite, Ack, Bye, Cancel, Register, Options, Message, Subscribe, Notify, Refer, Publish, Update, Info, Prack];

    /// <summary>Whether a SIP extension that is known here defines it.</summary>
    public bool IsKnown => Known.Contains(this);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "";

    /// <summary>The method of a token; the known ones without allocation.</summary>
    internal static SipMethod FromToken(ReadOnlySpan<byte> token)
    {
        foreach (var method in Known)
        {
            if (Ascii.Equals(token, method.Name))
            {
                return method;
            }
        }

        return new SipMethod(Encoding.ASCII.GetString(token));
    }
}
