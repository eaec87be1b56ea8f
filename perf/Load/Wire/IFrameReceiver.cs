using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Wire;

/// <summary>The owner of an MSRP connection. Everything comes on the loop's thread.</summary>
internal interface IFrameReceiver
{
    /// <summary>A frame or a piece of a long one, valid during the call only.</summary>
    void OnFrame(in MsrpFrame frame);

    /// <summary>The peer has closed the connection, it broke, or it carries what is not MSRP.</summary>
    void OnClosed(string reason);
}
