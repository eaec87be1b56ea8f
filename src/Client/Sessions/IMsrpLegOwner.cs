using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Sessions;

/// <summary>Who hears what an <see cref="MsrpLeg"/> has; on the control loop.</summary>
internal interface IMsrpLegOwner
{
    /// <summary>A whole message, on which <see cref="MsrpLeg.Report"/> reports what <paramref name="wanted"/> says.</summary>
    void OnMessage(MsrpLeg leg, AssembledMessage message, ReportsWanted wanted);

    /// <summary>A REPORT on a message of this side's.</summary>
    void OnReport(ulong messageId, ByteRange range, int status);

    /// <summary>The connection is gone, and not because this side closed it.</summary>
    void OnLost(MsrpLeg leg, string reason);
}
