using System.CommandLine;
using OmaIm.Load.Traffic;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Commands;

/// <summary>The options that say who talks, how much, and at what fixed rate.</summary>
internal sealed class TalkOptions
{
    private readonly Option<int> _senders;
    private readonly Option<int> _size;
    private readonly Option<double> _rate;
    private readonly Option<int> _chunk = Options.Number("--chunk", "Largest chunk of a message in bytes", 64 * 1024);
    private readonly Option<int> _check = Options.Number("--check", "Compare every K-th delivery byte by byte", 16);
    private readonly Option<string> _failure = Options.Text("--failure-report", "What senders ask for: yes, partial or no", "yes");

    public TalkOptions(int senders, int size, double rate, string rateMeans)
    {
        _senders = Options.Number("--senders", "Senders in each room", senders);
        _size = Options.Number("--size", "Bytes of text in a message", size);
        _rate = Options.Fraction("--rate", rateMeans, rate);
        _failure.AcceptOnlyFromAmong("yes", "partial", "no");
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_senders, _size, _rate, _chunk, _check, _failure])
        {
            command.Add(option);
        }
    }

    public TrafficPlan Read(ParseResult arguments) => new()
    {
        Senders = arguments.GetValue(_senders),
        TextLength = arguments.GetValue(_size),
        Rate = arguments.GetValue(_rate),
        ChunkLength = arguments.GetValue(_chunk),
        CheckEvery = arguments.GetValue(_check),
        FailureReport = Enum.Parse<FailureReport>(arguments.GetRequiredValue(_failure), ignoreCase: true),
    };
}
