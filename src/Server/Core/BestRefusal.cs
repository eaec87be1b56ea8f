using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Core;

/// <summary>
/// Which of several contacts' refusals the sender hears (RFC 3261 section 16.7, step 6): a 6xx wins, then the lowest class;
/// the first comer breaks a tie.
/// </summary>
/// <param name="otherwise">What counts while nobody has refused.</param>
public sealed class BestRefusal(int otherwise)
{
    private bool _isAnswered;

    public int Status { get; private set; } = otherwise;

    /// <summary>The phrase that came with it; null for the usual one.</summary>
    public string? Phrase { get; private set; }

    /// <summary>The contact's own response, for its headers; null where it was not given.</summary>
    public SipMessage? Response { get; private set; }

    public void Note(SipMessage response) => Note(response.StatusCode, response.ReasonPhrase, response);

    public void Note(int status, string phrase, SipMessage? response = null)
    {
        if (!_isAnswered || Rank(status) < Rank(Status))
        {
            (_isAnswered, Status, Phrase, Response) = (true, status, phrase, response);
        }
    }

    private static int Rank(int status) => status >= 600 ? 0 : status / 100;
}
