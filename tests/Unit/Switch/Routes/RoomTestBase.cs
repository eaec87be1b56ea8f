namespace OmaIm.Tests.Unit.Switch.Routes;

public abstract class RoomTestBase : IDisposable
{
    private protected const string Alice = "sip:alice@example.com";
    private protected const string Bob = "sip:bob@example.com";
    private protected const string Carol = "sip:carol@example.com";

    private protected RoomBench Bench { get; } = new();

    public void Dispose()
    {
        Bench.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected (RoomPeer Alice, RoomPeer Bob, RoomPeer Carol) JoinThree() => (Bench.Join(Alice), Bench.Join(Bob), Bench.Join(Carol));
}
