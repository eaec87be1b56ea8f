using OmaIm.Appliance.Configuration;
using OmaIm.Appliance.Hosting;
using OmaIm.Server.Core;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Hosting;

public sealed class PartOptionsTests
{
    [Fact]
    public void EveryOptionOfSessionsHasAKeyThatReachesIt()
    {
        var options = PartOptions.ImServer(new ApplianceOptions
        {
            Sessions = new SessionSettings
            {
                Mode = SessionMode.Direct,
                RingSeconds = 5,
                RecoverySeconds = 6,
                ReturnSeconds = 7,
                DrainSeconds = 8,
                MaxMessageBytes = 9_000,
                SessionsPerUser = 10,
                MaxSessions = 11,
            },
        });
        var defaults = new SessionOptions();
        Assert.Equal(TimeSpan.FromSeconds(8), options.Sessions.DrainTime);
        Assert.All(typeof(SessionOptions).GetProperties(), option => Assert.NotEqual(option.GetValue(defaults), option.GetValue(options.Sessions)));
    }
}
