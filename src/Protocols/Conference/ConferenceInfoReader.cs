using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml.Linq;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Conference;

internal static class ConferenceInfoReader
{
    /// <summary>Most endpoints and roles of one user.</summary>
    private const int MaximumOfUser = 64;

    private static readonly XNamespace Ns = ConferenceNames.Namespace;

    public static bool TryRead(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out ConferenceInfo? info)
    {
        info = null;
        if (!SafeXml.TryLoad(document, out var root, ConferenceInfo.MaximumCharacters) || root.Name != Ns + "conference-info" ||
            Entity(root) is not { } entity || Number(root.Attribute("version")?.Value, uint.MaxValue) is not { } version ||
            !TryReadState(root, out var state) || !TryReadUsers(root.Element(Ns + "users"), out var usersState, out var users))
        {
            return false;
        }

        var description = root.Element(Ns + "conference-description");
        info = new ConferenceInfo
        {
            Entity = entity,
            Version = (uint)version,
            State = state,
            DisplayText = Text(description, "display-text"),
            Subject = Text(description, "subject"),
            MaximumUserCount = (int?)Number(Text(description, "maximum-user-count"), int.MaxValue),
            UserCount = (int?)Number(Text(root.Element(Ns + "conference-state"), "user-count"), int.MaxValue),
            UsersState = usersState,
            Users = users,
        };
        return true;
    }

    private static bool TryReadUsers(XElement? element, out InfoState state, out List<ConferenceUser> users)
    {
        users = [];
        state = InfoState.Partial;
        if (element is null)
        {
            return true;
        }

        if (!TryReadState(element, out state))
        {
            return false;
        }

        foreach (var child in element.Elements(Ns + "user"))
        {
            if (users.Count == ConferenceInfo.MaximumUsers || !TryReadUser(child, out var user))
            {
                return false;
            }

            users.Add(user);
        }

        return true;
    }

    private static bool TryReadUser(XElement element, [NotNullWhen(true)] out ConferenceUser? user)
    {
        user = null;
        if (Entity(element) is not { } entity || !TryReadState(element, out var state))
        {
            return false;
        }

        var roles = element.Element(Ns + "roles")?.Elements(Ns + "entry").Select(entry => entry.Value.Trim()).ToList() ?? [];
        List<ConferenceEndpoint> endpoints = [];
        foreach (var child in element.Elements(Ns + "endpoint"))
        {
            if (endpoints.Count == MaximumOfUser || !TryReadEndpoint(child, out var endpoint))
            {
                return false;
            }

            endpoints.Add(endpoint);
        }

        user = new ConferenceUser
        {
            Entity = entity,
            State = state,
            DisplayText = Text(element, "display-text"),
            Roles = roles,
            Endpoints = endpoints,
            IsYourOwn = element.Attribute("yourown")?.Value.Trim() is "true" or "1",
        };
        return roles.Count <= MaximumOfUser;
    }

    private static bool TryReadEndpoint(XElement element, [NotNullWhen(true)] out ConferenceEndpoint? endpoint)
    {
        endpoint = null;
        if (Entity(element) is not { } entity || !TryReadState(element, out var state))
        {
            return false;
        }

        endpoint = new ConferenceEndpoint
        {
            Entity = entity,
            State = state,
            DisplayText = Text(element, "display-text"),
            Status = ConferenceNames.Status(Text(element, "status")),
            JoiningMethod = ConferenceNames.Joining(Text(element, "joining-method")),
            DisconnectionMethod = ConferenceNames.Disconnection(Text(element, "disconnection-method")),
            DisconnectionReason = Text(element.Element(Ns + "disconnection-info"), "reason"),
        };
        return true;
    }

    private static string? Entity(XElement element) => element.Attribute("entity")?.Value.Trim() is { Length: > 0 } entity ? entity : null;

    /// <summary>Absent means full (RFC 4575 section 5.1).</summary>
    private static bool TryReadState(XElement element, out InfoState state)
    {
        var text = element.Attribute("state")?.Value.Trim();
        state = ConferenceNames.State(text) ?? InfoState.Full;
        return text is null || ConferenceNames.State(text) is not null;
    }

    private static string? Text(XElement? parent, string name) => parent?.Element(Ns + name)?.Value.Trim();

    private static long? Number(string? text, long maximum) =>
        text is not null && Digits.TryParse(Encoding.UTF8.GetBytes(text.Trim()), maximum, out var number) ? number : null;
}
