namespace OmaIm.Appliance.Configuration;

public sealed record AccountSettings
{
    [Setting("User part of the address: alice in sip:alice@localhost.", Required = true, Form = TextForm.User, Minimum = 1, Maximum = 64)]
    public string User { get; init; } = "";

    [Setting("Password. Either this or a digest is needed.", Secret = true, Minimum = 1, Maximum = 128)]
    public string? Password { get; init; }

    [Setting("MD5 of user:domain:password in hex, instead of the password.", Secret = true, Form = TextForm.Hex, Minimum = 32, Maximum = 32)]
    public string? Ha1Md5 { get; init; }

    [Setting("SHA-256 of user:domain:password in hex, instead of the password.", Secret = true, Form = TextForm.Hex, Minimum = 64, Maximum = 64)]
    public string? Ha1Sha256 { get; init; }
}
