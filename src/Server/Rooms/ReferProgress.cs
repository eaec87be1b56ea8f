using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;

namespace OmaIm.Server.Rooms;

/// <summary>Tells who sent a REFER how it goes, by NOTIFYs with a status line each (RFC 3515 section 2.4.5).</summary>
public sealed class ReferProgress : INotifierHandler
{
    private const string ContentType = "message/sipfrag;version=2.0";

    private NotifierUsage? _usage;

    /// <summary>Says that work on it has begun.</summary>
    public void Begin(NotifierUsage usage)
    {
        _usage = usage;
        usage.Notify(ContentType, Fragment(100, "Trying"));
    }

    /// <summary>Says how it ended; nothing more will come.</summary>
    public void End(int status, string phrase)
    {
        if (_usage is { IsTerminated: false } usage)
        {
            usage.Terminate("noresource", ContentType, Fragment(status, phrase));
        }
    }

    public void OnRefreshed(NotifierUsage usage, SipMessage subscribe) => usage.Notify(ContentType, Fragment(100, "Trying"));

    public void OnTerminated(NotifierUsage usage, DialogEnd reason) => _usage = null;

    private static byte[] Fragment(int status, string phrase) => Encoding.UTF8.GetBytes($"SIP/2.0 {status} {phrase}\r\n");
}
