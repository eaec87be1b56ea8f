using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>
/// The same as datagrams. Their Vias name other hosts and no rport, so that most answers go where nobody listens (RFC 3261 section 18.2.2):
/// the counters tell that each was dealt with.
/// </summary>
public sealed class TortureDatagramTests(HostileRoom room) : IClassFixture<HostileRoom>
{
    private static readonly string[] Counters =
    [
        "omaim_sip_rejections_total|", "omaim_server_refusals_total|", "omaim_sip_dialogs_unknown_total|", "omaim_sip_dialogs_malformed_total|",
        "omaim_sip_transactions_stray_responses_total|", "omaim_sip_transactions_absorbed_total|",
        "omaim_sip_transactions_merged_total|",
    ];

    public static TheoryData<TortureVector> Vectors => TortureTests.Vectors;

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task ItIsCountedAndDisturbsNobody(TortureVector vector)
    {
        var before = await CountAsync();
        var text = TortureVectors.Read(vector.File);
        var statuses = SipWire.Statuses(await SipWire.SendDatagramAsync(room.Appliance.Host.SipUdp, text));

        // The probe is counted too.
        Assert.Equal(before + 2, await CountAsync());
        Assert.All(statuses, static status => Assert.InRange(status, 400, 599));
        Assert.True(!text.StartsWith("SIP/", StringComparison.Ordinal) || statuses.Count == 0, "a response was answered");
        await room.GoesOnAfterAsync();
    }

    private async Task<double> CountAsync()
    {
        var sum = 0d;
        foreach (var counter in Counters)
        {
            sum += await room.CountAsync(counter);
        }

        return sum;
    }
}
