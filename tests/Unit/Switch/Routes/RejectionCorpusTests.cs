using OmaIm.Protocols.Msrp;
using OmaIm.Switch.Routes;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>One case at least for every reason to refuse a frame: its answer on the wire, its counter, and who stays connected.</summary>
public sealed class RejectionCorpusTests
{
    private const string Alice = "sip:alice@example.com";
    private const string Bob = "sip:bob@example.com";
    private const string Paths = "To-Path: {session}\r\nFrom-Path: {peer}\r\n";

    private static readonly List<RejectionCase> Corpus = [.. Framing(), .. Requests(), .. Messages(), .. Nicknames()];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Corpus.Count)];

    [Fact]
    public void EveryReasonHasACase()
    {
        var covered = Corpus.Select(static example => example.Rejection).ToHashSet();

        // Of one-to-one sessions only: a room is always there (Relay/DeferralTests), and never slow (Relay/SlowSideTests).
        covered.UnionWith([MsrpRejection.OtherSideAbsent, MsrpRejection.OtherSideSlow]);
        Assert.Equal(Enum.GetValues<MsrpRejection>().Where(static reason => reason != MsrpRejection.None), covered.Order());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ARefusedFrameIsAnsweredCountedAndDisturbsNobody(int index)
    {
        var example = Corpus[index];
        using var bench = new RoomBench(new RoomRouteOptions { MaximumMessageSize = 1000, MaximumOpenMessages = 1 });
        var (alice, bob, carol) = (bench.Join(Alice, pseudonym: example.Pseudonym), bench.Join(Bob), bench.Join("sip:carol@example.com", privateMessages: false));
        alice.Connection.Receive(example.Text.Replace("{session}", alice.Msrp.SessionPath, StringComparison.Ordinal)
            .Replace("{peer}", alice.Msrp.Path, StringComparison.Ordinal).Replace("{bob}", bob.Msrp.SessionPath, StringComparison.Ordinal)
            .Replace("{bobs}", bob.Msrp.Path, StringComparison.Ordinal));
        if (example.EndsInput)
        {
            alice.Connection.EndInput();
        }

        bench.Msrp.Run();
        example.Then?.Invoke(bench);
        bench.Msrp.Run();

        // The answer, if there is one, is the last thing that alice gets.
        var answers = alice.Connection.TakeFrames();
        var answer = answers.Count > 0 && answers[^1].StatusCode != 200 ? answers[^1] : null;
        Assert.Equal(example.Expected, answer?.StatusCode);
        Assert.True(answer is null || answer.Comment == MsrpText.Text(example.Rejection.Comment()));
        Assert.Equal(1, bench.Statistics.Rejections(example.Rejection));
        Assert.Equal(1, Enum.GetValues<MsrpRejection>().Sum(bench.Statistics.Rejections));
        Assert.Equal(0, bench.Statistics.CallbackFailures);

        // The connection ends only with its framing; the room beside goes on.
        Assert.Equal(example.Rejection.ClosesConnection(), alice.Connection.IsTransportClosed);
        Assert.Equal(example.Rejection.ClosesConnection(), bench.Events[^1].StartsWith(Alice + " gone", StringComparison.Ordinal));
        Assert.DoesNotContain(bob.Hear(), static body => body.EndsWith("unheard", StringComparison.Ordinal));
        Assert.Equal(200, bob.Say("undisturbed"));
        Assert.Contains("undisturbed", carol.HearTexts());
        if (!alice.Connection.IsTransportClosed)
        {
            Assert.Equal(200, alice.Say("still here"));
            Assert.Contains("still here", bob.HearTexts());
        }
    }

    private static RejectionCase[] Framing() =>
    [
        new(MsrpRejection.StartLineMalformed, "GET / HTTP/1.1\r\n\r\n", 0),
        new(MsrpRejection.StartLineMalformed, $"MSRP abcd send\r\n{Paths}-------abcd$\r\n", 0),
        new(MsrpRejection.StartLineTooLong, "MSRP abcd " + new string('x', 1024), 0),
        new(MsrpRejection.TransactionIdMalformed, $"MSRP abc SEND\r\n{Paths}-------abc$\r\n", 0),
        new(MsrpRejection.TransactionIdMalformed, "MSRP " + new string('a', 40), 0),
        new(MsrpRejection.HeaderMalformed, $"MSRP abcd SEND\r\n{Paths}X-Any\r\n-------abcd$\r\n"),
        new(MsrpRejection.HeaderMalformed, $"MSRP abcd SEND\r\n{Paths}X-Any: a\r\n folded\r\n-------abcd$\r\n"),
        new(MsrpRejection.HeaderBlockTooLong, $"MSRP abcd SEND\r\n{Paths}X-Any: " + new string('x', 9000)),
        new(MsrpRejection.TooManyHeaders, $"MSRP abcd SEND\r\n{Paths}" + string.Concat(Enumerable.Repeat("X: x\r\n", 31))),
        new(MsrpRejection.DuplicateHeader, $"MSRP abcd SEND\r\n{Paths}Message-ID: 1234\r\nMessage-ID: 1234\r\n-------abcd$\r\n"),
        new(MsrpRejection.ToPathNotFirst, "MSRP abcd SEND\r\nFrom-Path: {peer}\r\nTo-Path: {session}\r\n-------abcd$\r\n", 0),
        new(MsrpRejection.FromPathNotSecond, "MSRP abcd SEND\r\nTo-Path: {session}\r\n-------abcd$\r\n", 0),
        new(MsrpRejection.EndLineMalformed, Send("unheard").Replace("abcd$", "abcd?", StringComparison.Ordinal)),
        new(MsrpRejection.EndLineMalformed, $"MSRP abcd SEND\r\n{Paths}-------abcd\r\n"),
        new(MsrpRejection.EndLineMalformed, Send("unheard", "Failure-Report: no").Replace("abcd$", "abcd?", StringComparison.Ordinal), 0),
        new(MsrpRejection.Truncated, Send("unheard")[..^5], EndsInput: true, Code: 0),
        new(MsrpRejection.Truncated, "MSRP ab", EndsInput: true, Code: 0),
    ];

    private static RejectionCase[] Requests() =>
    [
        new(MsrpRejection.PathMalformed, MsrpText.Request("SEND", "abcd", "msrp://nowhere", "{peer}", "Message-ID: 1234")),
        new(MsrpRejection.PathMalformed, MsrpText.Request("SEND", "abcd", "{session}", "nobody", "Message-ID: 1234"), 0),
        new(MsrpRejection.ByteRangeMalformed, Send("unheard").Replace("Byte-Range: 1-*/*", "Byte-Range: 0-*/*", StringComparison.Ordinal)),
        new(MsrpRejection.ByteRangeMalformed, Send("unheard").Replace("Byte-Range: 1-*/*", "Byte-Range: 1-*/18446744073709551617", StringComparison.Ordinal)),
        new(MsrpRejection.MessageIdMalformed, Send("unheard").Replace("Message-ID: 1234", "Message-ID: 12", StringComparison.Ordinal)),
        new(MsrpRejection.MessageIdMalformed, MsrpText.Request("REPORT", "abcd", "{session}", "{peer}", "Status: 000 200 OK"), 0),
        new(MsrpRejection.ReportHeaderMalformed, Send("unheard", "Failure-Report: maybe")),
        new(MsrpRejection.ReportHeaderMalformed, Send("unheard", "Success-Report: partial")),
        new(MsrpRejection.ContentTypeMissing, Send("unheard").Replace("Content-Type: message/cpim\r\n", "", StringComparison.Ordinal)),
        new(MsrpRejection.NoSuchSession, MsrpText.Request("SEND", "abcd", "msrp://switch.test/nobody;tcp", "{peer}", "Message-ID: 1234")),
        new(MsrpRejection.NoSuchSession, MsrpText.Request("SEND", "abcd", "{bob}", "{peer}", "Message-ID: 1234")),
        new(MsrpRejection.NoSuchSession, MsrpText.Request("SEND", "abcd", "{bob}", "{peer}", "Message-ID: 1234", "Failure-Report: no"), 0),
        new(MsrpRejection.BoundElsewhere, MsrpText.Request("SEND", "abcd", "{bob}", "{bobs}", "Message-ID: 1234")),
        new(MsrpRejection.MethodUnknown, MsrpText.Request("AUTH", "abcd", "{session}", "{peer}", "Expires: 900")),
        new(MsrpRejection.MethodUnknown, MsrpText.Request("FILE_OFFSET", "abcd", "{session}", "{peer}")),
    ];

    private static RejectionCase[] Messages() =>
    [
        new(MsrpRejection.ContentNotSupported, Send("unheard").Replace("message/cpim", "text/plain", StringComparison.Ordinal)),
        new(MsrpRejection.MessageTooLarge, Send(new string('x', 1000) + "unheard")),
        new(MsrpRejection.MessageTooLarge, Send(new string('x', 1000) + "unheard", "Failure-Report: partial")),
        new(MsrpRejection.MessageTooLarge, Send(new string('x', 1000) + "unheard", "Failure-Report: no"), 0),
        new(MsrpRejection.TooManyOpenMessages, Send("").Replace("abcd$", "abcd+", StringComparison.Ordinal) + Send("").Replace("1234", "1235", StringComparison.Ordinal).Replace("abcd$", "abcd+", StringComparison.Ordinal)),
        new(MsrpRejection.ChunkOutOfOrder, Send("").Replace("abcd$", "abcd+", StringComparison.Ordinal) + Send("unheard").Replace("1-*/*", "9-*/*", StringComparison.Ordinal)),
        new(MsrpRejection.StoppedMessage, Send("unheard").Replace("1-*/*", "9-*/*", StringComparison.Ordinal)),
        new(MsrpRejection.CpimMalformed, Send("unheard").Replace("DateTime: ", "DateTime ", StringComparison.Ordinal)),
        new(MsrpRejection.SenderMismatch, Send("unheard").Replace($"From: <{Alice}>", $"From: <{Bob}>", StringComparison.Ordinal)),
        new(MsrpRejection.SeveralRecipients, Send("unheard").Replace("DateTime", $"To: <{Bob}>\r\nDateTime", StringComparison.Ordinal)),
        new(MsrpRejection.ReceiptNamesUnnamed, Send("unheard").Replace("text/plain", "message/imdn+xml", StringComparison.Ordinal), Pseudonym: "sip:anonymous1@anonymous.invalid"),
        new(MsrpRejection.RecipientUnknown, Send("unheard").Replace(RoomBench.Uri, "sip:nobody@example.com", StringComparison.Ordinal)),
        new(MsrpRejection.PrivateMessagesNotSupported, Send("unheard").Replace(RoomBench.Uri, "sip:carol@example.com", StringComparison.Ordinal)),
    ];

    private static RejectionCase[] Nicknames() =>
    [
        new(MsrpRejection.NicknameTooLong, Nickname($"\"{new string('n', 600)}\"")),
        new(MsrpRejection.NicknameMalformed, Nickname("Alice")),
        new(MsrpRejection.NicknameInUse, Nickname("\"Bob\""), Then: static bench => bench.Nicknames[0].Reject(MsrpRejection.NicknameInUse)),
        new(MsrpRejection.NicknameForbidden, Nickname("\"Admin\""), Then: static bench => bench.Nicknames[0].Reject(MsrpRejection.NicknameForbidden)),
    ];

    private static string Nickname(string value) => MsrpText.Request("NICKNAME", "abcd", "{session}", "{peer}", "Use-Nickname: " + value);

    private static string Send(string content, params string[] headers) =>
        MsrpText.Send("abcd", "{session}", "{peer}", "1234", MsrpText.Cpim(Alice, RoomBench.Uri, content), "1-*/*", headers: headers);
}
