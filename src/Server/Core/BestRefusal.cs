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

    public void Note(int status, string phrase)
    {
        if (!_isAnswered || Rank(status) < Rank(Status))
        {
            (_isAnswered, Status, Phrase) = (true, status, phrase);
        }
    }

    private static int Rank(int status) => status >= 600 ? 0 : status / 100;
}
