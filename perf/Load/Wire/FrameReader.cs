using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;

namespace OmaIm.Load.Wire;

/// <summary>Cuts the bytes of one MSRP connection into frames.</summary>
internal sealed class FrameReader(IFrameReceiver receiver) : IByteReceiver
{
    private readonly MsrpDecoder _decoder = new(MsrpLimits.Default);

    public int OnBytes(WireConnection connection, ReadOnlySpan<byte> data)
    {
        var used = 0;
        while (connection.IsReading)
        {
            var status = _decoder.Read(data[used..], out var consumed, out var frame, out var rejection);
            used += consumed;
            if (status == ParseStatus.NeedMoreData)
            {
                break;
            }

            if (status == ParseStatus.Malformed)
            {
                connection.Lose($"not MSRP: {rejection}");
                break;
            }

            receiver.OnFrame(frame);
        }

        return used;
    }

    public void OnClosed(string reason)
    {
        _decoder.Reset();
        receiver.OnClosed(reason);
    }
}
