using OmaIm.Cli.Chat;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Chat;

public sealed class ChatInputTests
{
    public static TheoryData<string, object> Inputs => new()
    {
        { "hello", new ChatInput.Say("hello") },
        { "  indented stays", new ChatInput.Say("  indented stays") },
        { "one\ntwo", new ChatInput.Say("one\ntwo") },
        { "", new ChatInput.Nothing() },
        { "   ", new ChatInput.Nothing() },
        { "//etc/passwd", new ChatInput.Say("/etc/passwd") },
        { "/nick Zoë", new ChatInput.Nickname("Zoë") },
        { "/nick Bob the great ", new ChatInput.Nickname("Bob the great") },
        { "/nick \"Bob the great\"", new ChatInput.Nickname("Bob the great") },
        { "/nick", new ChatInput.Nickname("") },
        { "/msg bob psst", new ChatInput.Private("bob", "psst") },
        { "/msg bob two words", new ChatInput.Private("bob", "two words") },
        { "/msg \"Bob the great\" psst", new ChatInput.Private("Bob the great", "psst") },
        { "/msg sip:bob@localhost a\nb", new ChatInput.Private("sip:bob@localhost", "a\nb") },
        { "/who", new ChatInput.Who() },
        { "/invite dave", new ChatInput.Invite("dave") },
        { "/expel sip:dave@localhost", new ChatInput.Expel("sip:dave@localhost") },
        { "/help", new ChatInput.Help() },
        { "/quit", new ChatInput.Quit() },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void AnInputMeansWhatItSays(string input, object expected) => Assert.Equal(expected, ChatInput.Parse(input));

    [Theory]
    [InlineData("/msg")]
    [InlineData("/msg bob")]
    [InlineData("/msg \"Bob the great\"")]
    [InlineData("/msg \"\" psst")]
    [InlineData("/invite")]
    [InlineData("/expel ")]
    [InlineData("/im bob")]
    [InlineData("/ hello")]
    [InlineData("/WHO")]
    public void WhatIsNoCommandIsExplainedAndNotSent(string input) => Assert.IsType<ChatInput.Wrong>(ChatInput.Parse(input));

    [Fact]
    public void TheHelpNamesEveryCommand()
    {
        string[] commands = ["/nick", "/msg", "/who", "/invite", "/expel", "/multi", "/help", "/quit"];
        Assert.All(commands, command => Assert.Contains(command, ChatInput.CommandHelp, StringComparison.Ordinal));
    }
}
