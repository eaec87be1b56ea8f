using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Sessions;

/// <summary>Who hears what an <see cref="MsrpLeg"/> has; on the control loop.</summary>
internal interface IMsrpLegOwner
{
    /// <summary>A whole message. <paramref name="wantsReport"/>: its sender waits for <see cref="MsrpLeg.Report"/>.</summary>
    void OnMessage(MsrpLeg leg, AssembledMessage message, bool wantsReport);

    /// <summary>A REPORT on a message of this side's.</summary>
    void OnReport(ulong messageId, int status);

    /// <summary>The connection is gone, and not because this side closed it.</summary>
    void OnLost(MsrpLeg leg, string reason);
}
