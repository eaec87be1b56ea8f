namespace OmaIm.Tests.Support.Wire;

/// <summary>A dialog as <see cref="WireUser"/> speaks in it: what stands in the headers of its requests.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="CallId">Its Call-ID.</param>
/// <param name="From">This side with its tag.</param>
/// <param name="To">The other side, with its tag from the answer on.</param>
/// <param name="Target">Where requests go.</param>
public sealed record WireDialog(WireUser User, string CallId, string From, string To, string Target)
{
    public string To { get; set; } = To;

    public string Target { get; set; } = Target;

    /// <summary>The final response to the INVITE that this side sent.</summary>
    public SipText Response { get; private set; } = null!;

    /// <summary>The SDP that came back.</summary>
    public string Answer => Response.Body;

    public Task<SipText> RequestAsync(string method, string headers = "", string body = "") => User.RequestAsync(this, method, headers, body);

    public Task<SipText> ByeAsync() => RequestAsync("BYE");

    internal void Answered(SipText response)
    {
        Response = response;
        if (response.Status is >= 200 and < 300)
        {
            To = response["To"];
            Target = response.Uri("Contact");
        }
    }
}
