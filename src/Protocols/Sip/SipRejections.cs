namespace OmaIm.Protocols.Sip;

public static class SipRejections
{
    public static int StatusCode(SipRejection rejection) => throw new NotImplementedException();
    public static string Phrase(SipRejection rejection) => throw new NotImplementedException();
    /// <summary>True when a stream cannot go on behind this mistake: answer, then close.</summary>
    public static bool CloseStream(SipRejection rejection) => throw new NotImplementedException();
}
