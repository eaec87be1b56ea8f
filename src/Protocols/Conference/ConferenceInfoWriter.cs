using System.Xml.Linq;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Conference;

internal static class ConferenceInfoWriter
{
    private static readonly XNamespace Ns = ConferenceNames.Namespace;

    public static byte[] Write(ConferenceInfo info)
    {
        var root = new XElement(
            Ns + "conference-info",
            new XAttribute("entity", info.Entity),
            new XAttribute("state", ConferenceNames.Of(info.State)),
            new XAttribute("version", info.Version));

        // The schema's order: conference-description, host-info, conference-state, users.
        AddIfAny(root, new XElement(
            Ns + "conference-description",
            Optional("display-text", info.DisplayText),
            Optional("subject", info.Subject),
            Optional("maximum-user-count", info.MaximumUserCount)));
        AddIfAny(root, new XElement(Ns + "conference-state", Optional("user-count", info.UserCount)));

        var usersState = info.UsersState ?? info.State;
        if (info.Users.Count > 0 || usersState == InfoState.Full)
        {
            root.Add(new XElement(Ns + "users", new XAttribute("state", ConferenceNames.Of(usersState)), info.Users.Select(User)));
        }

        return SafeXml.Write(root);
    }

    private static XElement User(ConferenceUser user) => new(
        Ns + "user",
        new XAttribute("entity", user.Entity),
        new XAttribute("state", ConferenceNames.Of(user.State)),
        user.IsYourOwn ? new XAttribute("yourown", "true") : null,
        Optional("display-text", user.DisplayText),
        user.Roles.Count > 0 ? new XElement(Ns + "roles", user.Roles.Select(role => new XElement(Ns + "entry", role))) : null,
        user.Endpoints.Select(Endpoint));

    // The schema's order: display-text, referred, status, joining-method, joining-info, disconnection-method, disconnection-info.
    private static XElement Endpoint(ConferenceEndpoint endpoint) => new(
        Ns + "endpoint",
        new XAttribute("entity", endpoint.Entity),
        new XAttribute("state", ConferenceNames.Of(endpoint.State)),
        Optional("display-text", endpoint.DisplayText),
        endpoint.Status is { } status ? Optional("status", ConferenceNames.Of(status)) : null,
        endpoint.JoiningMethod is { } joining ? Optional("joining-method", ConferenceNames.Of(joining)) : null,
        endpoint.DisconnectionMethod is { } leaving ? Optional("disconnection-method", ConferenceNames.Of(leaving)) : null,
        endpoint.DisconnectionReason is { } reason ? new XElement(Ns + "disconnection-info", new XElement(Ns + "reason", reason)) : null);

    private static XElement? Optional(string name, object? value) => value is null ? null : new XElement(Ns + name, value);

    private static void AddIfAny(XElement root, XElement element)
    {
        if (element.HasElements)
        {
            root.Add(element);
        }
    }
}
