using System.Globalization;
using OmaIm.Cli.Terminal;
using OmaIm.Client;

namespace OmaIm.Cli.Im;

/// <summary>What happens in a session, for people and programs; receipts are shown by whoever knows the messages.</summary>
internal static class SessionView
{
    public static void Show(ImConsole console, ChatSession session, SessionEvent sessionEvent)
    {
        var peer = Printable.Name(session.Peer);
        switch (sessionEvent)
        {
            case SessionMessage { Message: var message }:
                console.Show("message", ImText.Line(message), json => ImText.Write(json, message));
                break;
            case PeerComposing composing:
                console.Show("composing", composing.IsActive ? $"* {peer} is writing…" : null, json =>
                {
                    json.WriteString("from", session.Peer);
                    json.WriteBoolean("active", composing.IsActive);
                });
                break;
            case MessageFailed failed:
                console.Error($"not delivered: {Printable.Name(failed.Failure.Message)}");
                break;
            case SessionInterrupted interrupted:
                console.Show("interrupted", $"* connection lost ({Printable.Name(interrupted.Reason)}); connecting again...", json => json.WriteString("reason", interrupted.Reason));
                break;
            case SessionResumed resumed:
                var text = string.Create(CultureInfo.InvariantCulture, $"* connected again after {resumed.After.TotalSeconds:0.0} s");
                console.Show("resumed", text, json => json.WriteNumber("afterSeconds", resumed.After.TotalSeconds));
                break;
            case SessionEventsDropped dropped:
                console.Error(string.Create(CultureInfo.InvariantCulture, $"{dropped.Count} events were lost here: this side was too slow"));
                break;
            case SessionEnded ended:
                console.Show("closed", $"* the session is over: {Printable.Name(ended.Reason)}", json =>
                {
                    json.WriteString("peer", session.Peer);
                    json.WriteString("reason", ended.Reason);
                });
                break;
        }
    }
}
