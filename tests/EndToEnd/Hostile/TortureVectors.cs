using OmaIm.Tests.Support;
using static OmaIm.Tests.EndToEnd.Hostile.StreamEnd;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>
/// RFC 4475 over TCP, unmodified, from a stranger: what is right gets a challenge (401, or 407 where it is addressed to somebody else),
/// what is wrong the status code that the RFC names, responses nothing. The files are those of the unit tests.
/// </summary>
internal static class TortureVectors
{
    public static readonly string Folder = Path.Combine(Repository.Root, "tests", "Unit", "Corpus", "Sip", "rfc4475");

    public static IReadOnlyList<TortureVector> OverTcp { get; } =
    [
        // Section 3.1.1: valid messages
        new("wsinv", [481]), // has a To tag: a dialog that is not there
        new("intmeth", [501]),
        new("esc01", [407]),
        new("escnull", [401]),
        new("esc02", [501]),
        new("lwsdisp", [407]),
        new("longreq", [407]),
        new("dblreq", [401, 400], Closed), // on a stream the trailing octets are the next message, an INVITE without Contact and with a wrong length
        new("semiuri", [407]),
        new("transports", [407]),
        new("mpart01", [407]),
        new("unreason", []),
        new("noreason", []),

        // Section 3.1.2: invalid messages
        new("badinv01", [400]),
        new("clerr", [], Waiting), // the body is shorter than its length says
        new("ncl", [400], Closed),
        new("scalar02", [400]),
        new("scalarlg", []),
        new("quotbal", [400]),
        new("ltgtruri", [400]),
        new("lwsruri", [400]),
        new("lwsstart", [400]),
        new("trws", [400]),
        new("escruri", [400]),
        new("baddate", [407]), // nobody relies on the Date
        new("regbadct", [400]),
        new("badaspec", [400]),
        new("baddn", [], Waiting), // the file lacks the blank line
        new("badvers", [505]),
        new("mismatch01", [400]),
        new("mismatch02", [400]),
        new("bigcode", []),

        // Sections 3.2 to 3.4: transactions, applications, RFC 2543
        new("badbranch", [407]),
        new("insuf", [400]),
        new("unkscm", [416]),
        new("novelsc", [416]),
        new("unksm2", [401]),
        new("bext01", [420]),
        new("invut", [407]),
        new("regaut01", [401]),
        new("multi01", [400]),
        new("mcl01", [400], Closed),
        new("bcast", []),
        new("zeromf", [483]),
        new("cparam01", [401]),
        new("cparam02", [401]),
        new("regescrt", [401]),
        new("sdp01", [407]),
        new("inv2543", [400], Closed), // a stream needs a Content-Length
    ];

    public static string Read(string file) => MsrpText.Text(File.ReadAllBytes(Path.Combine(Folder, file + ".dat")));
}
