using System.IO.Compression;
using OmaIm.Client;
using OmaIm.Client.Pager;
using OmaIm.Client.Receipts;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.IsComposing;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Pager;

public sealed class PagerReceiverTests
{
    [Fact]
    [Trait("Section", "RFC 3428 7")]
    public void AMessageIsAnsweredAndShown()
    {
        using var bench = new PagerBench();
        Assert.Equal(200, bench.Deliver("text/plain", "hi"u8.ToArray()));
        var message = bench.Messages.Next();
        Assert.Equal(("sip:bob@localhost", "Bob", "sip:alice@localhost", "hi"), (message.From, message.FromName, message.To, message.Text));
    }

    [Fact]
    public void WithoutAListenerNothingIsAcknowledged()
    {
        using var bench = new PagerBench { IsListening = false };
        Assert.Equal(480, bench.Deliver("text/plain", "hi"u8.ToArray()));
    }

    [Fact]
    public void The200ComesWhenTheMessageIsKept()
    {
        var keeping = new TaskCompletionSource<bool>();
        using var bench = new PagerBench(PagerBench.Account with { BeforeAcknowledging = _ => new ValueTask<bool>(keeping.Task) });
        Assert.Equal(0, bench.Deliver("text/plain", "hi"u8.ToArray()));
        Assert.Empty(bench.Kept);
        keeping.SetResult(true);
        bench.Client.Settle();
        Assert.Equal("hi", bench.Messages.Next().Text);
        Assert.Single(bench.Kept);
    }

    /// <summary>Its sender would wait for ever, and so would all messages behind it.</summary>
    [Fact]
    public void WhatIsNotKeptInTimeIsNotAcknowledgedAndShownWhenItIsKeptAfterAll()
    {
        var keeping = new TaskCompletionSource<bool>();
        var options = PagerBench.Account with { BeforeAcknowledging = message => message.MessageId == "m1" ? new ValueTask<bool>(keeping.Task) : new ValueTask<bool>(true) };
        using var bench = new PagerBench(options);
        Assert.Equal(0, bench.Deliver("message/cpim", Cpim("sip:bob@localhost", "m1")));
        bench.Client.Run(options.KeepingTime - TimeSpan.FromSeconds(1));
        Assert.Null(bench.LastAnswer);
        bench.Client.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(480, bench.LastAnswer!.StatusCode);
        Assert.Equal(200, bench.Deliver("message/cpim", Cpim("sip:bob@localhost", "m2")));
        Assert.Equal("m2", bench.Messages.Next().MessageId);

        keeping.SetResult(true);
        bench.Client.Settle();
        Assert.Equal("m1", bench.Messages.Next().MessageId);
        Assert.Equal(200, bench.Deliver("message/cpim", Cpim("sip:bob@localhost", "m1")));
        Assert.Equal(0, bench.Messages.Count);
        Assert.Equal(["m2", "m1"], bench.Kept.Select(message => message.MessageId));
    }

    [Fact]
    public void WhatCannotBeKeptIsNotAcknowledged()
    {
        using var bench = new PagerBench(PagerBench.Account with { BeforeAcknowledging = _ => throw new IOException("disk full") });
        Assert.Equal(480, bench.Deliver("message/cpim", Cpim("sip:bob@localhost", "m1")));
        Assert.Equal(480, bench.Deliver("message/cpim", Cpim("sip:bob@localhost", "m1")));
        Assert.Equal(0, bench.Messages.Count);
        Assert.Empty(bench.Kept);
    }

    [Fact]
    [Trait("Section", "RFC 5438 6.3")]
    public void AMessageThatComesAgainIsAcknowledgedAndShownOnce()
    {
        using var bench = new PagerBench();
        Assert.Equal(200, bench.Deliver("message/cpim", Cpim("sip:bob@localhost", "m1")));
        Assert.Equal(200, bench.Deliver("message/cpim", Cpim("sip:bob@localhost", "m1")));
        Assert.Equal("m1", bench.Messages.Next().MessageId);
        Assert.Equal(0, bench.Messages.Count);
        Assert.Single(bench.Kept);
    }

    [Fact]
    public void TheSignallingSaysWhoSentIt()
    {
        using var bench = new PagerBench();
        bench.Deliver("message/cpim", Cpim("sip:carol@localhost", "m1"));
        var message = bench.Messages.Next();
        Assert.Equal(("sip:bob@localhost", "sip:carol@localhost"), (message.From, message.Author));
        bench.Deliver("message/cpim", Cpim("sip:anonymous@anonymous.invalid", "m2"));
        Assert.Null(bench.Messages.Next().Author);
    }

    [Fact]
    public void ABrokenCpimIsRefused()
    {
        using var bench = new PagerBench();
        Assert.Equal(400, bench.Deliver("message/cpim", "nothing"u8.ToArray()));
    }

    [Fact]
    [Trait("Section", "RFC 3428 7")]
    public void WhatNobodyWantsIs415ButNeverReceiptsAndComposing()
    {
        using var bench = new PagerBench(PagerBench.Account with { AcceptTypes = ["text/*"] });
        Assert.Equal(415, bench.Deliver("image/png", [1]));
        Assert.Equal(("text/*", "deflate, gzip"), (bench.LastAnswer!.Headers.GetText(SipHeaderId.Accept), bench.LastAnswer.Headers.GetText(SipHeaderId.AcceptEncoding)));
        Assert.Equal(200, bench.Deliver("text/html", "x"u8.ToArray()));
        Assert.Equal(200, bench.Deliver(IsComposingDocument.ContentType, new IsComposingDocument { State = ComposingState.Active }.ToBytes()));
        Assert.Equal(200, bench.Deliver(ImdnDocument.ContentType, Imdn(ImdnStatus.Delivered)));
        Assert.Equal("m1", bench.Receipts.Next().MessageId);
    }

    [Fact]
    [Trait("Section", "RFC 3261 20.12")]
    public void WhatComesPackedIsShownUnpacked()
    {
        using var bench = new PagerBench();
        Assert.Equal(200, bench.Deliver("text/plain", Pack("hi"u8.ToArray()), "deflate"));
        Assert.Equal("hi", bench.Messages.Next().Text);
        Assert.Equal(200, bench.Deliver("message/cpim", Pack(Cpim("sip:bob@localhost", "m1")), "deflate"));
        Assert.Equal("m1", bench.Messages.Next().MessageId);
        Assert.Equal(200, bench.Deliver(ImdnDocument.ContentType, Pack(Imdn(ImdnStatus.Delivered)), "deflate"));
        Assert.Equal("m1", bench.Receipts.Next().MessageId);
    }

    [Fact]
    [Trait("Section", "RFC 3261 21.4.13")]
    public void ACodingThatNobodyKnowsIs415WithThoseThatAreKnown()
    {
        using var bench = new PagerBench();
        Assert.Equal(415, bench.Deliver("text/plain", "hi"u8.ToArray(), "br"));
        Assert.Equal(("*/*", "deflate, gzip"), (bench.LastAnswer!.Headers.GetText(SipHeaderId.Accept), bench.LastAnswer.Headers.GetText(SipHeaderId.AcceptEncoding)));
        Assert.Equal(400, bench.Deliver("text/plain", "hi"u8.ToArray(), "deflate"));
        Assert.Equal(0, bench.Messages.Count);
    }

    [Fact]
    [Trait("Section", "RFC 5365 7.3")]
    public void TheListOfOtherRecipientsIsNotTheMessage()
    {
        using var bench = new PagerBench();
        var body = MultipartBody.Write(
            "mixed",
            [BodyPart.Create("text/plain", "hi"u8.ToArray()), BodyPart.Create("application/resource-lists+xml", "<x/>"u8.ToArray(), "recipient-list-history")],
            out var contentType);
        Assert.Equal(200, bench.Deliver(contentType, body));
        Assert.Equal("hi", bench.Messages.Next().Text);
    }

    [Theory]
    [InlineData(ImdnRequests.PositiveDelivery, ImdnStatus.Delivered, true)]
    [InlineData(ImdnRequests.Display, ImdnStatus.Delivered, false)]
    [InlineData(ImdnRequests.Display, ImdnStatus.Displayed, true)]
    [InlineData(ImdnRequests.None, ImdnStatus.Displayed, false)]
    [Trait("Section", "RFC 5438 7.2.1")]
    public void OnlyWhatWasAskedForIsReceipted(ImdnRequests requests, ImdnStatus status, bool isExpected)
    {
        var message = new ImMessage
        {
            From = "sip:bob@localhost",
            To = "sip:alice@localhost",
            ContentType = "text/plain",
            MessageId = "m1",
            Requests = requests,
        };
        Assert.Equal(isExpected, ReceiptSender.About(message, status, "sip:alice@localhost") is not null);
        Assert.Null(ReceiptSender.About(message with { ContentType = ImdnDocument.ContentType }, status, "sip:alice@localhost"));
    }

    [Fact]
    [Trait("Section", "RFC 5438 6.4")]
    public void TheRecordedRouteOfItsReceiptsIsKeptWithAMessage()
    {
        using var bench = new PagerBench();
        string[] routes = ["sip:list@example.com", "sip:relay@example.com"];
        var body = CpimWriter.Wrap(
            "sip:bob@localhost", null, "sip:alice@localhost", DateTimeOffset.UnixEpoch, "text/plain", "hi"u8,
            new ImdnHeaders { MessageId = "m1", RecordRoutes = routes }.ToCpim());
        Assert.Equal(200, bench.Deliver("message/cpim", body));
        var kept = JournalMessage.From(bench.Messages.Next())!;
        Assert.Equal(routes, kept.ReceiptRoutes);
        Assert.Equal(routes, kept.ToMessage().ReceiptRoutes);
        Assert.Equal(kept, JournalMessage.From(kept.ToMessage()));
    }

    private static byte[] Imdn(ImdnStatus status) => new ImdnDocument { MessageId = "m1", Kind = ImdnKind.Delivery, Status = status }.ToBytes();

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            packing.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Cpim(string from, string messageId) => CpimWriter.Wrap(
        from, null, "sip:alice@localhost", DateTimeOffset.UnixEpoch, "text/plain", "hi"u8, new ImdnHeaders { MessageId = messageId }.ToCpim());
}
