using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Server.Core;

namespace OmaIm.Server.Registrar;

/// <summary>One contact of a REGISTER: what to bind, and for how long. Nothing for <see cref="TimeSpan.Zero"/>: unbind it.</summary>
/// <param name="Uri">The contact.</param>
/// <param name="Parameters">Its parameters but for expires: q and the feature tags of RFC 3840.</param>
/// <param name="Q">Its preference, 1 where none is named.</param>
/// <param name="Expires">The time to grant.</param>
public sealed record ContactUpdate(SipUri Uri, SipParameters Parameters, double Q, TimeSpan Expires)
{
    /// <summary>Reads the contacts of a REGISTER (RFC 3261 section 10.3, steps 6 and 7). For "*" the list is empty.</summary>
    public static RegistrarRefusal Read(SipMessage register, RegistrarOptions options, out List<ContactUpdate> updates, out bool isWildcard)
    {
        updates = [];
        var contacts = register.Contacts;
        isWildcard = contacts.Any(contact => contact.IsWildcard);
        if (isWildcard)
        {
            return contacts.Count == 1 && register.Expires is { Seconds: 0 } ? RegistrarRefusal.None : RegistrarRefusal.BadWildcard;
        }

        foreach (var contact in contacts)
        {
            if (!contact.Uri.IsSip)
            {
                return RegistrarRefusal.ForeignScheme;
            }

            var asked = Asked(contact, register, options);
            if (asked > TimeSpan.Zero && asked < options.MinimumExpires)
            {
                return RegistrarRefusal.TooBrief;
            }

            // A registrar may shorten what is asked for, and never lengthens it.
            var granted = asked < options.MaximumExpires ? asked : options.MaximumExpires;
            updates.Add(new ContactUpdate(contact.Uri, contact.Parameters.Without("expires"), contact.Q ?? 1, granted));
        }

        return RegistrarRefusal.None;
    }

    // The contact's own expires beats the header, which beats the default (RFC 3261 section 10.2.1.1).
    private static TimeSpan Asked(ContactHeader contact, SipMessage register, RegistrarOptions options) =>
        (contact.Expires ?? register.Expires?.Seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.DefaultExpires;
}
