using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>Chunks come interleaved, repeated, overlapping, out of order (RFC 4975 section 7.3.1), or from somebody who means harm.</summary>
public sealed class MessageAssemblerTests
{
    private const int Maximum = 1000;

    private readonly MessageAssembler _assembler = new(Maximum, maximumOpen: 3);
    private readonly List<(string Id, string Body)> _messages = [];

    [Theory]
    [InlineData("1-10/10 0123456789$")]
    [InlineData("1-*/* 0123456789$")]
    [InlineData(" 0123456789$")]
    [InlineData("1-*/10 0123456789+|11-10/10 $")]
    [InlineData("1-4/10 0123+|5-10/10 456789$")]
    [InlineData("1-*/* 0123+|5-*/* 4567+|9-*/* 89$")]
    [InlineData("5-10/10 456789$|1-4/10 0123+")]
    [InlineData("9-10/10 89$|1-4/10 0123+|5-8/10 4567+")]
    [InlineData("1-4/10 0123+|1-4/10 0123+|5-10/10 456789$")]
    [InlineData("1-6/10 01xxxx+|3-10/10 23456789$")]
    [InlineData("3-10/10 xx456789$|1-4/10 0123+")]
    [InlineData("1-10/10 0123456789+|1-10/10 0123456789$")]
    [InlineData("1-10/10 0123456789xx+|3-10/10 23456789$")]
    public void ChunksMakeAMessageInAnyOrder(string chunks)
    {
        Assert.All(Chunks(chunks), chunk => Assert.Equal(MsrpRejection.None, Add("abcd", chunk)));
        Assert.Equal([("abcd", "0123456789")], _messages);
        Assert.Equal(0, _assembler.OpenCount);
    }

    [Theory]
    [InlineData("1-4/10 0123+")]
    [InlineData("1-4/10 0123+|6-10/10 56789$")]
    [InlineData("5-10/10 456789$")]
    [InlineData("1-4/10 0123+|6-8/10 567+|5-5/10 4+")]
    public void AGapKeepsAMessageOpen(string chunks)
    {
        Assert.All(Chunks(chunks), chunk => Assert.Equal(MsrpRejection.None, Add("abcd", chunk)));
        Assert.Empty(_messages);
        Assert.Equal(1, _assembler.OpenCount);
    }

    [Theory]
    [InlineData("1-0/0 $", "")]
    [InlineData("1-*/* $", "")]
    [InlineData("1-0/* +|1-*/* x$", "x")]
    public void AMessageMayBeEmpty(string chunks, string body)
    {
        Assert.All(Chunks(chunks), chunk => Assert.Equal(MsrpRejection.None, Add("abcd", chunk)));
        Assert.Equal([("abcd", body)], _messages);
    }

    [Fact]
    public void MessagesInterleave()
    {
        string[] ids = ["aaaa", "bbbb", "cccc"];
        for (var i = 0; i < 5; i++)
        {
            foreach (var id in ids)
            {
                Add(id, $"{i + 1}-{i + 1}/5 {i}{(i == 4 ? '$' : '+')}");
            }
        }

        Assert.Equal([("aaaa", "01234"), ("bbbb", "01234"), ("cccc", "01234")], _messages);
    }

    [Fact]
    public void AnAbortDropsWhatThereIs()
    {
        Add("abcd", "1-4/10 0123+");
        Assert.Equal(MsrpRejection.None, Add("abcd", "5-4/10 #"));
        Assert.Equal(MsrpRejection.None, Add("efgh", "1-4/10 0123#"));
        Assert.Equal(0, _assembler.OpenCount);
        Add("abcd", "1-3/3 new$");
        Assert.Equal([("abcd", "new")], _messages);
    }

    [Theory]
    [InlineData("1-*/* {1001}$")]
    [InlineData("1-*/* {1001}+")]
    [InlineData("1001-*/* x$")]
    [InlineData("9223372036854775807-*/* x$")]
    [InlineData("9223372036854775807-*/9223372036854775807 x+")]
    [InlineData("2147483648-*/* x+")]
    public void AMessageBeyondTheLimitIsRefused(string chunk)
    {
        Assert.Equal(MsrpRejection.MessageTooLarge, Add("abcd", chunk.Replace("{1001}", new string('x', Maximum + 1), StringComparison.Ordinal)));
        Assert.Empty(_messages);
        Assert.Equal(0, _assembler.OpenCount);
    }

    [Fact]
    public void AMessageOfTheLimitIsTaken()
    {
        Add("abcd", $"1-*/* {new string('x', Maximum - 1)}+");
        Add("abcd", $"{Maximum}-*/* y$");
        Assert.Equal(Maximum, Assert.Single(_messages).Body.Length);
    }

    [Fact]
    public void AMessageThatGrowsBeyondTheLimitIsDropped()
    {
        Add("abcd", $"1-*/* {new string('x', 600)}+");
        Assert.Equal(MsrpRejection.MessageTooLarge, Add("abcd", $"601-*/* {new string('x', 600)}+"));
        Assert.Equal(0, _assembler.OpenCount);
    }

    [Fact]
    public void m14_MessagesThatNeverEndAreFew()
    {
        var refused = 0;
        for (var i = 0; i < 100_000; i++)
        {
            refused += Add($"m{i:d6}", "1-*/* x+") == MsrpRejection.TooManyOpenMessages ? 1 : 0;
        }

        Assert.Equal(3, _assembler.OpenCount);
        Assert.Equal(100_000 - 3, refused);
    }

    [Fact]
    public void m14_AllUnfinishedMessagesTogetherHoldNoMoreThanOneMay()
    {
        Assert.Equal(MsrpRejection.None, Add("aaaa", "900-*/* x+"));
        Assert.Equal(MsrpRejection.MessageTooLarge, Add("bbbb", "900-*/* x+"));
        Assert.Equal(MsrpRejection.None, Add("cccc", "50-*/* x+"));
        Add("aaaa", "1-0/* #");
        Assert.Equal(MsrpRejection.None, Add("bbbb", "900-*/* x+"));
    }

    [Fact]
    public void AMessageOfHolesIsDropped()
    {
        var assembler = new MessageAssembler(1_000_000);
        var rejections = Enumerable.Range(0, 100).Select(i => Add(assembler, "abcd", $"{(i * 10) + 1}-*/* x+")).ToList();
        Assert.Contains(MsrpRejection.ChunkOutOfOrder, rejections);
        Assert.True(assembler.OpenCount <= 1);
    }

    [Theory]
    [InlineData("0-4/4 text$")]
    [InlineData("5-1/10 text$")]
    [InlineData("x text$")]
    public void AMalformedRangeIsRefused(string chunk) => Assert.Equal(MsrpRejection.ByteRangeMalformed, Add("abcd", chunk));

    [Fact]
    public void PiecesOfAChunkAreTakenAsTheyCome()
    {
        var decoder = new MsrpDecoder(MsrpLimits.Default with { Piece = 7 });
        var bytes = MsrpText.Bytes(MsrpText.Send("abcd", "x", "y", "1234", new string('x', 95) + "end", "1-98/98") + "rest").AsSpan();
        AssembledMessage? message = null;
        while (message is null)
        {
            Assert.Equal(ParseStatus.Complete, decoder.Read(bytes, out var consumed, out var frame, out _));
            Assert.Equal(MsrpRejection.None, _assembler.Add(frame, out message));
            bytes = bytes[consumed..];
        }

        Assert.Equal(new string('x', 95) + "end", MsrpText.Text(message.Body.Span));
        Assert.Equal("message/cpim", message.ContentType);
    }

    [Theory]
    [InlineData("1-4/10 0123+", 4)]
    [InlineData("1-4/10 0123+|7-10/10 6789$", 4)]
    [InlineData("7-10/10 6789$", 0)]
    [InlineData("", 0)]
    public void WhatThereIsWithoutAHoleGoesOnElsewhere(string chunks, int prefix)
    {
        Assert.All(Chunks(chunks).Where(chunk => chunk.Length > 0), chunk => Add("abcd", chunk));
        var other = new MessageAssembler(Maximum);
        Assert.Equal(prefix, _assembler.MoveTo("abcd", other));
        Assert.Equal((0, 0L), (_assembler.OpenCount, _assembler.HeldBytes));
        Add(other, "abcd", $"{prefix + 1}-10/10 {"0123456789"[prefix..]}$");
        Assert.Equal([("abcd", "0123456789")], _messages);
    }

    [Fact]
    public void WhatStandsStillIsGivenUpAndWhatGrowsIsNot()
    {
        var time = new FakeTimeProvider();
        var givenUp = new List<(string, long)>();
        Add("aaaa", "1-4/* 0123+");
        Add("bbbb", "1-4/* 0123+");
        for (var i = 0; i < 11; i++)
        {
            Add("bbbb", $"{i + 5}-{i + 5}/* x+");
            _assembler.Sweep(time, TimeSpan.FromSeconds(60), (id, end) => givenUp.Add((id, end)));
            time.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.Equal([("aaaa", 4L)], givenUp);
        Assert.Equal(1, _assembler.OpenCount);
    }

    private static string[] Chunks(string chunks) => chunks.Split('|');

    private MsrpRejection Add(string id, string chunk) => Add(_assembler, id, chunk);

    // "range body flag"
    private MsrpRejection Add(MessageAssembler assembler, string id, string chunk)
    {
        var space = chunk.IndexOf(' ', StringComparison.Ordinal);
        var bytes = MsrpText.Bytes(MsrpText.Send("abcd", "x", "y", id, chunk[(space + 1)..^1], space == 0 ? null : chunk[..space], chunk[^1]));
        Assert.Equal(ParseStatus.Complete, new MsrpDecoder(MsrpLimits.Default).Read(bytes, out _, out var frame, out _));
        var rejection = assembler.Add(frame, out var message);
        if (message is not null)
        {
            _messages.Add((message.MessageId, MsrpText.Text(message.Body.Span)));
        }

        return rejection;
    }
}
