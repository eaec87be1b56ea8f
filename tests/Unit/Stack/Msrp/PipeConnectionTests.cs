using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>MSRP over pipes, as it comes through Kestrel's middleware; the pipes call back on the test's own thread.</summary>
public sealed class PipeConnectionTests : SessionTestBase
{
    private const int PauseThreshold = 1000;

    private static readonly PipeOptions Options = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: PauseThreshold, resumeWriterThreshold: PauseThreshold / 2,
        minimumSegmentSize: 64, useSynchronizationContext: false);

    private readonly Pipe _toServer = new(Options);
    private readonly Pipe _toPeer = new(Options);
    private readonly Context _context;
    private readonly MsrpSession _session;
    private readonly Task _served;

    public PipeConnectionTests()
    {
        _session = Bench.Endpoint.CreateSession(Owner);
        _session.RemotePath = PeerPath;
        _served = Bench.Endpoint.RunAsync(_context = new Context(new Duplex(_toServer.Reader, _toPeer.Writer)));
        Bench.Run();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(1000)]
    public void FramesAreReadHoweverTheirBytesAreCut(int portion)
    {
        var text = Frame("first") + Frame("second");
        for (var at = 0; at < text.Length; at += portion)
        {
            Receive(text[at..Math.Min(text.Length, at + portion)]);
        }

        Assert.Equal(["bound", "Send first$", "Send second$"], Owner.Events);
        Assert.Equal([200, 200], Take().Select(static answer => answer.StatusCode));
    }

    [Fact]
    public async Task APeerThatClosesItsEndStillGetsItsAnswers()
    {
        _toServer.Writer.Write(MsrpText.Bytes(Frame("last words")));
        await _toServer.Writer.CompleteAsync();
        Bench.Run();
        Assert.Equal(200, Assert.Single(Take()).StatusCode);
        Assert.Equal(1, Bench.Statistics.Closed(MsrpCloseReason.PeerClosed));
        await AssertServed();
    }

    [Fact]
    public async Task AFrameCutOffIsTruncated()
    {
        Receive(Frame("first") + Frame("second")[..40]);
        await _toServer.Writer.CompleteAsync();
        Bench.Run();
        Assert.Equal(["bound", "Send first$", "closed Truncated"], Owner.Events);
        await AssertServed();
    }

    [Fact]
    public async Task LostFramingIsAnsweredThenBothPipesEnd()
    {
        Receive(Frame("text").Replace("abcd$", "abcd?", StringComparison.Ordinal));
        Assert.Equal(400, Assert.Single(Take()).StatusCode);
        await AssertServed();
        Assert.True((await _toPeer.Reader.ReadAsync()).IsCompleted);
    }

    [Fact]
    public async Task ABrokenInputClosesTheConnection()
    {
        Receive(Frame("text"));
        await _toServer.Writer.CompleteAsync(new IOException("reset"));
        Bench.Run();
        Assert.Equal("closed TransportError", Owner.Events[^1]);
        await AssertServed();
    }

    [Fact]
    public async Task ABrokenOutputClosesTheConnection()
    {
        await _toPeer.Reader.CompleteAsync(new IOException("reset"));
        Receive(Frame("text"));
        Assert.Equal("closed TransportError", Owner.Events[^1]);
        Assert.Equal(0, Bench.Statistics.CallbackFailures);
        await AssertServed();
    }

    [Theory]
    [InlineData(50)]
    [InlineData(4_000)] // more than a socket's outbox holds, and more than the pipe gets at once
    public async Task APeerThatDoesNotReadGetsEverythingInOrderLater(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Receive(MsrpText.Send($"{i:d4}", _session.LocalPath, PeerPath, "1234", "text"));
        }

        Assert.True(_session.Connection!.IsBlocked);
        Assert.InRange(_session.Connection.Backlog, 100 * count, 200 * count);
        var answers = new List<MsrpWireFrame>();
        while (answers.Count < count)
        {
            answers.AddRange(Take());
            Bench.Run();
        }

        Assert.Equal(Enumerable.Range(0, count).Select(static i => $"{i:d4}"), answers.Select(static answer => answer.TransactionId));
        Assert.False(_session.Connection.IsBlocked);
        Assert.Contains("writable", Owner.Events);
        _session.Close();
        Bench.Run();
        await AssertServed();
    }

    [Fact]
    public async Task APeerThatNeverReadsIsCutOff()
    {
        for (var i = 0; i < 10_000 && !Owner.Events.Contains("closed SlowReader"); i++)
        {
            Receive(Frame("text"));
        }

        Assert.Equal("closed SlowReader", Owner.Events[^1]);
        Assert.True(_context.IsAborted);
        await AssertServed();
    }

    [Fact]
    public void APausedConnectionReadsNothingUntilItGoesOn()
    {
        Receive(Frame("first"));
        _session.Connection!.Pause(PauseReason.Laggards);
        Receive(Frame("second"));
        Receive(Frame("third"));
        Assert.Equal(["bound", "Send first$"], Owner.Events);
        _session.Connection.Resume(PauseReason.Laggards);
        Bench.Run();
        Assert.Equal(["bound", "Send first$", "Send second$", "Send third$"], Owner.Events);
    }

    private string Frame(string body) => MsrpText.Send("abcd", _session.LocalPath, PeerPath, "1234", body);

    private void Receive(string text)
    {
        _toServer.Writer.Write(MsrpText.Bytes(text));
        Assert.True(_toServer.Writer.FlushAsync().AsTask().IsCompletedSuccessfully);
        Bench.Run();
    }

    private IReadOnlyList<MsrpWireFrame> Take()
    {
        if (!_toPeer.Reader.TryRead(out var result))
        {
            return [];
        }

        var reading = MsrpReference.Read(result.Buffer.ToArray());
        Assert.Equal(MsrpRejection.None, reading.Rejection);
        _toPeer.Reader.AdvanceTo(result.Buffer.GetPosition(result.Buffer.Length - reading.Unread), result.Buffer.End);
        return reading.Frames;
    }

    private async Task AssertServed() => await _served.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Kestrel's own context of this kind cancels a token after it has been disposed, when it is aborted and disposed at once.</summary>
    private sealed class Context(IDuplexPipe transport) : DefaultConnectionContext("pipes")
    {
        public bool IsAborted { get; private set; }

        public override IDuplexPipe Transport { get; set; } = transport;

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
