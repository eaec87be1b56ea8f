using System.IO.Compression;
using System.Text;
using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Interop.Clients;

/// <summary>Linphone registers at the appliance and exchanges pager messages.</summary>
public sealed class LinphoneTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Fact]
    [Trait("Section", "RFC 3428 4")]
    public async Task LinphoneSendsAndReceivesMessages()
    {
        await using var alice = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "alice");
        await using var linphone = await LinphoneClient.RegisterAsync(appliance.Host.SipTcp, "bob");

        var sending = alice.RequestAsync("MESSAGE", "sip:bob@localhost", "Content-Type: text/plain\r\n", "to Linphone and back");
        await linphone.ReceivesAsync("to Linphone and back");
        Assert.Equal(200, (await sending).Status);

        await linphone.SendAsync("sip:alice@localhost", "from Linphone");
        SipText message;
        do
        {
            // It also says, packed, that somebody writes and that he has read.
            message = await alice.IncomingAsync("MESSAGE");
            await alice.RespondAsync(message, 200, "OK", tag: "a1");
            Assert.NotEmpty(Unpack(message));
        }
        while (!message["Content-Type"].StartsWith("text/plain", StringComparison.Ordinal));
        Assert.Equal(("from Linphone", "sip:bob@localhost"), (Unpack(message), message.Uri("From")));
    }

    // What it packed must arrive as it left.
    private static string Unpack(SipText message)
    {
        if (message["Content-Encoding"] != "deflate")
        {
            return message.Body;
        }

        using var packed = new ZLibStream(new MemoryStream(Encoding.Latin1.GetBytes(message.Body)), CompressionMode.Decompress);
        using var reader = new StreamReader(packed, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
