using System.Text;
using OmaIm.Protocols.IsComposing;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.IsComposing;

[Trait("Section", "RFC 3994 5")]
public sealed class IsComposingDocumentTests
{
    private const string Namespace = "xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"";

    /// <summary>After the examples of RFC 3994 section 4.</summary>
    private const string Document = $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <isComposing {Namespace} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <state>active</state>
          <contenttype>text/plain</contenttype>
          <refresh>90</refresh>
        </isComposing>
        """;

    private static IsComposingDocument? Parse(string document) =>
        IsComposingDocument.TryParse(Encoding.UTF8.GetBytes(document), out var composing) ? composing : null;

    [Fact]
    public void ReadsTheExamplesOfTheRfc()
    {
        Assert.Equal(
            new IsComposingDocument { State = ComposingState.Active, ComposedType = "text/plain", Refresh = TimeSpan.FromSeconds(90) }, Parse(Document));
        Assert.Equal(
            new IsComposingDocument { State = ComposingState.Idle, LastActive = new DateTimeOffset(2003, 1, 27, 10, 43, 0, TimeSpan.Zero), ComposedType = "audio" },
            Parse($"<isComposing {Namespace}><state>idle</state><lastactive>2003-01-27T10:43:00Z</lastactive><contenttype>audio</contenttype></isComposing>"));
    }

    [Theory]
    [InlineData("thinking", ComposingState.Idle)]
    [InlineData("ACTIVE", ComposingState.Idle)]
    [InlineData(" active\n", ComposingState.Active)]
    [InlineData("", ComposingState.Idle)]
    public void AStateThatIsNotKnownIsIdle(string state, ComposingState expected) =>
        Assert.Equal(expected, Parse($"<isComposing {Namespace}><state>{state}</state></isComposing>")!.State);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("+60")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData("soon")]
    [InlineData("")]
    public void ARefreshThatIsNoneIsLeftToTheReceiver(string refresh) =>
        Assert.Null(Parse($"<isComposing {Namespace}><state>active</state><refresh>{refresh}</refresh></isComposing>")!.Refresh);

    [Theory]
    [InlineData("no XML", "active")]
    [InlineData("another root", $"<composing {Namespace}><state>active</state></composing>")]
    [InlineData("no namespace", "<isComposing><state>active</state></isComposing>")]
    [InlineData("no state", $"<isComposing {Namespace}><refresh>60</refresh></isComposing>")]
    [InlineData("a DTD", $"<!DOCTYPE a []><isComposing {Namespace}><state>active</state></isComposing>")]
    public void Refused(string name, string document) => Assert.True(Parse(document) is null, name);

    [Fact]
    public void ALongDocumentIsRefused() => Assert.Null(Parse(
        $"<isComposing {Namespace}><state>active</state><contenttype>{new string('a', IsComposingDocument.MaximumCharacters)}</contenttype></isComposing>"));

    [Fact]
    public void WritesTheElementsInTheOrderOfTheSchema() => Assert.Equal(
        $"""<?xml version="1.0" encoding="utf-8"?><isComposing {Namespace}><state>active</state><lastactive>1970-01-01T00:00:00.000Z</lastactive>"""
        + "<contenttype>text/plain</contenttype><refresh>120</refresh></isComposing>",
        WireText.Text(new IsComposingDocument
        {
            State = ComposingState.Active,
            LastActive = DateTimeOffset.UnixEpoch,
            ComposedType = "text/plain",
            Refresh = TimeSpan.FromMinutes(2),
        }.ToBytes()));

    [Fact]
    public void ARefreshOfNothingIsNotWritten() =>
        Assert.Throws<ArgumentException>(() => new IsComposingDocument { State = ComposingState.Active, Refresh = TimeSpan.Zero }.ToBytes());

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        var random = new Random(3994);
        for (var i = 0; i < 200; i++)
        {
            var composing = new IsComposingDocument
            {
                State = (ComposingState)random.Next(2),
                LastActive = random.Next(2) == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(4_000_000_000_000)),
                ComposedType = random.Next(2) == 0 ? null : "text/<" + random.Next(),
                Refresh = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, int.MaxValue)),
            };
            Assert.True(IsComposingDocument.TryParse(composing.ToBytes(), out var read));
            Assert.Equal(composing, read);
        }
    }

    [Fact]
    public void EveryPrefixIsRefusedAndNoChangeOfAByteThrows()
    {
        var whole = Encoding.UTF8.GetBytes(Document);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(IsComposingDocument.TryParse(whole.AsMemory(0, length), out _));
        }

        Assert.NotEmpty(WireText.Mutations(whole, step: 3).Where(document => IsComposingDocument.TryParse(document, out _)).ToList());
    }
}
