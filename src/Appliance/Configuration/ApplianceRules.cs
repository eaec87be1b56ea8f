using System.Net;
using OmaIm.Server.Core;

namespace OmaIm.Appliance.Configuration;

/// <summary>The rules over more than one key.</summary>
public static class ApplianceRules
{
    private static readonly string FactoryUser = new ImServerOptions().FactoryUser;

    /// <param name="options">Options whose every single value is in its range.</param>
    /// <param name="sourceOf">Where the value of a key came from.</param>
    public static IEnumerable<ConfigurationProblem> Check(ApplianceOptions options, Func<string, string> sourceOf)
    {
        var problems = new List<(string Key, string Found, string Expected)>();
        problems.AddRange(DemoAccountsStayHome(options));
        problems.AddRange(HostsAreKnown(options));
        problems.AddRange(ViaCarriesOnePort(options.Sip));
        problems.AddRange(PortsDiffer(options));
        problems.AddRange(CertificateIsUsable(options.Tls));
        problems.AddRange(AccountsAreUsable(options));
        problems.AddRange(ExploderHasItsName(options.Pager));
        problems.AddRange(RoomsAreUsable(options));
        problems.AddRange(PeriodsAreOrdered(options.Registrar, options.Pager));
        return problems.Select(problem => new ConfigurationProblem(sourceOf(problem.Key), problem.Key, problem.Found, problem.Expected));
    }

    /// <summary>Demo passwords are public knowledge.</summary>
    private static IEnumerable<(string Key, string Found, string Expected)> DemoAccountsStayHome(ApplianceOptions options)
    {
        foreach (var (key, address) in DevelopmentProfile.ExposedListeners(options))
        {
            if (options.Accounts.Count == 0)
            {
                yield return (key, $"{address} while there are no accounts", "a loopback address, or your own users under Accounts (the demo accounts exist on loopback only)");
            }

            foreach (var account in options.Accounts.Where(DevelopmentProfile.IsDemoAccount))
            {
                yield return (key, $"{address} while {account.User} has the demo password", $"a loopback address, or another password for {account.User}");
            }
        }
    }

    /// <summary>A listener on every address does not know which of them the peers can reach.</summary>
    private static IEnumerable<(string Key, string Found, string Expected)> HostsAreKnown(ApplianceOptions options)
    {
        if (options.Sip.AdvertisedHost is null && (IsAny(options.Sip.Udp.Address) || IsAny(options.Sip.Tcp.Address)))
        {
            yield return ("Sip:AdvertisedHost", "nothing while SIP listens on every address", "the host name or address that clients reach this server by");
        }

        if (options.Msrp.AdvertisedHost is null && IsAny(options.Msrp.Address))
        {
            yield return ("Msrp:AdvertisedHost", "nothing while MSRP listens on every address", "the host name or address that clients reach this server by");
        }
    }

    /// <summary>The sent-by of a Via is one host and port, whatever carries the request.</summary>
    private static IEnumerable<(string Key, string Found, string Expected)> ViaCarriesOnePort(SipSettings sip)
    {
        if (sip.AdvertisedHost is null)
        {
            yield break;
        }

        if (sip.Udp.Port == 0)
        {
            yield return ("Sip:Udp:Port", "0 while Sip:AdvertisedHost is set", "the port that clients reach this server by");
        }

        if (sip.Tcp.Port != sip.Udp.Port)
        {
            yield return ("Sip:Tcp:Port", $"{sip.Tcp.Port} while Sip:AdvertisedHost is set", $"{sip.Udp.Port}, as Sip:Udp:Port: Via carries one port");
        }
    }

    private static IEnumerable<(string Key, string Found, string Expected)> PortsDiffer(ApplianceOptions options)
    {
        (string Section, IPAddress Address, int Port)[] listeners =
        [
            ("Sip:Tcp", options.Sip.Tcp.Address, options.Sip.Tcp.Port),
            ("Msrp", options.Msrp.Address, options.Msrp.Port),
            ("Http", options.Http.Address, options.Http.Port),
            ("Msrp:Tls", options.Msrp.Address, options.Tls.Certificate is null ? 0 : options.Msrp.Tls.Port),
        ];
        for (var later = 1; later < listeners.Length; later++)
        {
            foreach (var earlier in listeners[..later])
            {
                var (section, address, port) = listeners[later];
                var overlap = IsAny(address) || IsAny(earlier.Address) || address.Equals(earlier.Address);
                if (port != 0 && port == earlier.Port && overlap)
                {
                    yield return ($"{section}:Port", $"{port}, which {earlier.Section}:Port has too", "a port of its own");
                }
            }
        }
    }

    private static IEnumerable<(string Key, string Found, string Expected)> CertificateIsUsable(TlsSettings tls)
    {
        if (tls.Certificate is null != tls.Key is null)
        {
            var (missing, given) = tls.Key is null ? ("Tls:Key", "Tls:Certificate") : ("Tls:Certificate", "Tls:Key");
            yield return (missing, $"nothing while {given} is set", "both PEM files");
        }
        else if (tls is { Certificate: { } certificate, Key: { } key } && !ServerCertificate.TryLoad(certificate, key, out _, out var problem))
        {
            yield return ("Tls:Certificate", problem, "PEM files with a certificate and its private key");
        }
    }

    private static IEnumerable<(string Key, string Found, string Expected)> AccountsAreUsable(ApplianceOptions options)
    {
        var users = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < options.Accounts.Count; index++)
        {
            var account = options.Accounts[index];
            if (!users.Add(account.User))
            {
                yield return ($"Accounts:{index}:User", $"\"{account.User}\" a second time", "each user once");
            }

            if (account.User == FactoryUser)
            {
                yield return ($"Accounts:{index}:User", $"\"{account.User}\", which is the conference factory", "another name");
            }

            if (account.User == options.Pager.ExploderUser)
            {
                yield return ($"Accounts:{index}:User", $"\"{account.User}\", which is Pager:ExploderUser", "another name");
            }

            if (account.Password is null && account.Ha1Md5 is null && account.Ha1Sha256 is null)
            {
                yield return ($"Accounts:{index}", "no Password and no digest", "Password, Ha1Md5 or Ha1Sha256");
            }
        }
    }

    private static IEnumerable<(string Key, string Found, string Expected)> ExploderHasItsName(PagerSettings pager)
    {
        if (pager.ExploderUser == FactoryUser)
        {
            yield return ("Pager:ExploderUser", $"\"{pager.ExploderUser}\", which is the conference factory", "another name");
        }
    }

    private static IEnumerable<(string Key, string Found, string Expected)> RoomsAreUsable(ApplianceOptions options)
    {
        if (options.Rooms.Count > options.RoomLimits.Rooms)
        {
            yield return ("Rooms", $"{options.Rooms.Count} rooms", $"at most RoomLimits:Rooms, {options.RoomLimits.Rooms}");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < options.Rooms.Count; index++)
        {
            var room = options.Rooms[index];
            var invited = room.Members.Count + room.Moderators.Count;
            if (room.InviteMembers && invited > options.RoomLimits.Invitations)
            {
                yield return ($"Rooms:{index}:InviteMembers", $"true for {invited} members", $"at most RoomLimits:Invitations, {options.RoomLimits.Invitations}, of them");
            }

            if (room.InviteMembers && invited > room.MaxMembers)
            {
                yield return ($"Rooms:{index}:MaxMembers", $"{room.MaxMembers} for {invited} members who are invited", $"{invited} at least");
            }

            if (room is { InviteMembers: true, AllowAnonymity: true })
            {
                yield return ($"Rooms:{index}:AllowAnonymity", "true while InviteMembers is", "one of the two: who opens the room is the member who is not invited");
            }

            if (!names.Add(room.Name))
            {
                yield return ($"Rooms:{index}:Name", $"\"{room.Name}\" a second time", "each room once");
            }
        }
    }

    private static IEnumerable<(string Key, string Found, string Expected)> PeriodsAreOrdered(RegistrarSettings registrar, PagerSettings pager)
    {
        if (registrar.DefaultSeconds < registrar.MinimumSeconds || registrar.DefaultSeconds > registrar.MaximumSeconds)
        {
            yield return ("Registrar:DefaultSeconds", $"{registrar.DefaultSeconds}", $"{registrar.MinimumSeconds} (MinimumSeconds) to {registrar.MaximumSeconds} (MaximumSeconds)");
        }

        // What a gathered receipt has waited, its recipient's contacts no longer have.
        if (pager.ReceiptWindowMilliseconds >= 1_000 * pager.TimeoutSeconds)
        {
            yield return ("Pager:ReceiptWindowMilliseconds", $"{pager.ReceiptWindowMilliseconds}", $"less than Pager:TimeoutSeconds, {pager.TimeoutSeconds} s");
        }
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
