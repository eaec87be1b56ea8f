using OmaIm.Client.Messages;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Messages;

[Trait("Section", "RFC 4975 5.4")]
public sealed class SeenMessagesTests
{
    private readonly SeenMessages _seen = new();

    [Fact]
    public async Task WhatFailedAndCameAgainIsRememberedAsLongAsAnyOther()
    {
        Assert.Equal(Keeping.Failed, await Take("a", Keeping.Failed));
        Assert.Equal(Keeping.New, await Take("a", Keeping.New));
        for (var i = 0; i < 999; i++)
        {
            Assert.Equal(Keeping.New, await Take($"other {i}", Keeping.New));
        }

        Assert.Equal(Keeping.Duplicate, await Take("a", Keeping.New));
    }

    [Fact]
    public async Task TheOldestIsForgotten()
    {
        for (var i = 0; i <= 1000; i++)
        {
            await Take($"{i}", Keeping.New);
        }

        Assert.Equal(Keeping.Duplicate, await Take("1", Keeping.New));
        Assert.Equal(Keeping.New, await Take("0", Keeping.New));
    }

    private Task<Keeping> Take(string id, Keeping keeping) => _seen.TakeOnceAsync("sip:bob@localhost", id, () => Task.FromResult(keeping));
}
