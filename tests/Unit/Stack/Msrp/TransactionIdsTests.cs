using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

public sealed class TransactionIdsTests
{
    private readonly TransactionIds _ids = new();

    [Fact]
    public void AnIdIsAnIdentOf64BitsThatReadsBack()
    {
        var seen = new HashSet<ulong>();
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        for (var i = 0; i < 10_000; i++)
        {
            var value = _ids.Next(id);
            Assert.True(seen.Add(value));
            Assert.True(MsrpGrammar.IsIdent(id));
            Assert.True(TransactionIds.TryRead(id, out var read));
            Assert.Equal(value, read);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdef0")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("0123456789abcdeg")]
    public void OtherTextIsNoIdOfThisKind(string text) => Assert.False(TransactionIds.TryRead(MsrpText.Bytes(text), out _));

    [Theory]
    [InlineData("-------{0}", true)]
    [InlineData("--------{0}", true)]
    [InlineData("text\r\n-------{0}$\r\n", true)]
    [InlineData("-------x-------{0}", true)]
    [InlineData("-------{1}-------{0}", true)]
    [InlineData("{0}", false)]
    [InlineData("------{0}", false)]
    [InlineData("-------{1}", false)]
    [InlineData("------- {0}", false)]
    public void AnIdThatTheBodyHoldsBehindHyphensIsNotTaken(string body, bool isAvoided)
    {
        // The ids of the cryptographic generator cannot be foreseen, so the check itself is asked.
        var id = "0123456789abcdef"u8;
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, body, MsrpText.Text(id), MsrpText.Text(id[..^1]));
        Assert.Equal(isAvoided, TransactionIds.OccursBehindHyphens(MsrpText.Bytes(text), id));
    }

    [Fact]
    public void AFreshIdIsFoundForAnyBody()
    {
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        var body = MsrpText.Bytes(string.Concat(Enumerable.Range(0, 1000).Select(static i => $"\r\n-------{i:x16}$\r\n")));
        for (var i = 0; i < 100; i++)
        {
            _ids.NextFor(body, id);
            Assert.False(TransactionIds.OccursBehindHyphens(body, id));
        }
    }
}
