using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.Unit.Client;

public sealed class ImExceptionTests
{
    [Theory]
    [InlineData(401, ImFailure.AuthenticationRefused)]
    [InlineData(407, ImFailure.AuthenticationRefused)]
    [InlineData(403, ImFailure.Forbidden)]
    [InlineData(404, ImFailure.NotFound)]
    [InlineData(408, ImFailure.Unreachable)]
    [InlineData(503, ImFailure.Unreachable)]
    [InlineData(513, ImFailure.TooLarge)]
    [InlineData(488, ImFailure.Refused)]
    public void ASipResponseHasItsKindAndKeepsItsWords(int status, ImFailure kind)
    {
        var failure = ImException.FromSip(status, "As You Like It");
        Assert.Equal((kind, status, "As You Like It"), (failure.Failure, failure.StatusCode, failure.Phrase));
        Assert.Equal($"{status} As You Like It", failure.Message);
    }

    [Theory]
    [InlineData(403, ImFailure.Forbidden)]
    [InlineData(404, ImFailure.NotFound)]
    [InlineData(408, ImFailure.Unreachable)]
    [InlineData(413, ImFailure.TooLarge)]
    [InlineData(423, ImFailure.NicknameTaken)]
    [InlineData(425, ImFailure.NicknameTaken)]
    [InlineData(428, ImFailure.Refused)]
    [InlineData(481, ImFailure.SessionEnded)]
    [InlineData(506, ImFailure.SessionEnded)]
    [InlineData(499, ImFailure.Refused)]
    public void SoHasAnMsrpResponse(int status, ImFailure kind)
    {
        var failure = ImException.FromMsrp(status);
        Assert.Equal((kind, status), (failure.Failure, failure.StatusCode));
        Assert.NotEmpty(failure.Phrase);
    }
}
