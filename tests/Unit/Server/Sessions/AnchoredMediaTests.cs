using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Protocols.Sdp;
using OmaIm.Server.Core;
using OmaIm.Server.Sessions;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;
using OmaIm.Switch.Relay;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>What the switch tells of a leg while the control loop renews it: each fact is of the session that it is told of.</summary>
public sealed class AnchoredMediaTests : IDisposable
{
    private static readonly TimeSpan Recovery = new SessionOptions().RecoveryTime + TimeSpan.FromSeconds(1);

    private readonly MsrpBench _msrp = new();
    private readonly ControlLoop _loop;
    private readonly AnchoredMedia _media;
    private readonly RelayLeg _leg;
    private int _absences;

    public AnchoredMediaTests()
    {
        _loop = new ControlLoop(_msrp.Time);
        var services = new SessionServices
        {
            Loop = _loop,
            Dialogs = null!,
            Endpoint = _msrp.Endpoint,
            Addresses = null!,
            Locations = null!,
            Options = new SessionOptions(),
            Relay = new RelayOptions(),
            ConnectPolicy = null!,
            Metrics = null!,
            Log = new SessionsLog(NullLoggerFactory.Instance),
        };
        _media = new AnchoredMedia(services, _msrp.Endpoint, () => _absences++);
        _msrp.Run();
        var offer = _media.Callee.Offer(SessionDescriptions.OfServer(services));
        Assert.Equal(SdpRejection.None, MsrpStream.Find(offer, out var stream));
        _leg = (RelayLeg)_msrp.Endpoint.Find(_msrp.Loop, Encoding.UTF8.GetBytes(stream!.Media.Path))!.Tag!;
    }

    public void Dispose()
    {
        _media.Close();
        _msrp.Run();
        _msrp.Dispose();
        _loop.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheEndOfAFormerSessionIsNotThatOfTheRenewedOne(bool isRenewed)
    {
        var told = _leg.Session;
        if (isRenewed)
        {
            _leg.Renew();
        }

        _media.OnLegLost(_leg, told, MsrpCloseReason.PeerClosed);
        Wait();
        Assert.Equal(isRenewed ? 0 : 1, _absences);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AFormerSessionThatWasBoundDoesNotMakeTheRenewedOnePresent(bool isRenewed)
    {
        var told = _leg.Session;
        if (isRenewed)
        {
            _leg.Renew();
        }

        _media.Callee.Await(null!);
        _media.OnLegBound(_leg, told);
        Wait();
        Assert.Equal(isRenewed ? 1 : 0, _absences);
    }

    private void Wait()
    {
        _loop.RunPending();
        _msrp.Time.Advance(Recovery);
        _loop.RunPending();
    }
}
