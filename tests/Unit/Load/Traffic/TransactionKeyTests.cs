using OmaIm.Load.Traffic;
using OmaIm.Protocols.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Traffic;

public sealed class TransactionKeyTests
{
    [Theory]
    [InlineData(nameof(TransactionKind.Binding), 0, 0)]
    [InlineData(nameof(TransactionKind.Chat), int.MaxValue, 65_535)]
    [InlineData(nameof(TransactionKind.Big), 3, 17)]
    public void ItIsReadAsItWasWritten(string kind, int number, int chunk)
    {
        var key = new TransactionKey(Enum.Parse<TransactionKind>(kind), number, chunk);

        var id = key.Write(stackalloc byte[TransactionKey.Length]);

        Assert.True(MsrpGrammar.IsIdent(id));
        Assert.True(TransactionKey.TryRead(id, out var read));
        Assert.Equal(key, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c0000000100020a0b0c0g")]
    [InlineData("a786hjs2")]
    public void ForeignIdsAreNoKeys(string id) => Assert.False(TransactionKey.TryRead(System.Text.Encoding.ASCII.GetBytes(id), out _));
}
