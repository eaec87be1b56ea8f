using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Interop.Quirks;

/// <summary>Dave in the lobby, whose client has its own ideas: every byte of it is the test's.</summary>
internal static class QuirkClient
{
    private const string User = "dave";

    /// <inheritdoc cref="WireMember.JoinAsync"/>
    public static Task<WireMember> JoinAsync(RunningAppliance appliance, Func<string, string>? offer = null, string? path = null) =>
        WireMember.JoinAsync(appliance.Host.SipTcp, User, RunningAppliance.Lobby, offer, path);

    /// <inheritdoc cref="WireMember.BoundAsync"/>
    public static Task<WireMember> BoundAsync(RunningAppliance appliance, Func<string, string>? offer = null, string? path = null) =>
        WireMember.BoundAsync(appliance.Host.SipTcp, User, RunningAppliance.Lobby, offer, path);

    /// <inheritdoc cref="WireMember.ListeningAsync"/>
    public static Task<WireMember> ListeningAsync(RunningAppliance appliance) =>
        WireMember.ListeningAsync(appliance.Host.SipTcp, User, RunningAppliance.Lobby);

    /// <summary>A message of his to the room, as CPIM.</summary>
    public static string Cpim(string text) => MsrpText.Cpim("sip:dave@localhost", RunningAppliance.Lobby, text);
}
