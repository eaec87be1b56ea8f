using System.Text;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>What RFC 4975 asks of every request, whoever its session belongs to.</summary>
internal static class MsrpFrameRules
{
    public static MsrpRejection Check(in MsrpFrame frame)
    {
        switch (frame.Method)
        {
            case MsrpMethod.Send:
                return CheckSend(frame);
            case MsrpMethod.Report:
                return MsrpGrammar.IsIdent(frame.MessageId) ? MsrpRejection.None : MsrpRejection.MessageIdMalformed;
            case MsrpMethod.Nickname:
                return MsrpRejection.None;
            default:
                return MsrpRejection.MethodUnknown;
        }
    }

    /// <summary>Whether the sender of <paramref name="frame"/> wants to hear of <paramref name="rejection"/> (section 7.2: REPORT never).</summary>
    public static bool IsAnswered(in MsrpFrame frame, MsrpRejection rejection)
    {
        if (frame.TransactionId.IsEmpty || frame.ToPath.IsEmpty || frame.FromPath.IsEmpty
            || frame.Method is MsrpMethod.Response or MsrpMethod.Report || rejection.StatusCode() == 0)
        {
            return false;
        }

        if (frame.Method != MsrpMethod.Send || !frame.TryGetFailureReport(out var report))
        {
            return true;
        }

        return report == FailureReport.Yes || (report == FailureReport.Partial && rejection != MsrpRejection.None);
    }

    private static MsrpRejection CheckSend(in MsrpFrame frame)
    {
        if (!MsrpGrammar.IsIdent(frame.MessageId))
        {
            return MsrpRejection.MessageIdMalformed;
        }

        if (!frame.TryGetFailureReport(out _)
            || (frame.Contains(MsrpHeaderId.SuccessReport) && !frame.SuccessReport && !Ascii.EqualsIgnoreCase(frame[MsrpHeaderId.SuccessReport], "no"u8)))
        {
            return MsrpRejection.ReportHeaderMalformed;
        }

        if (!frame.TryGetByteRange(out _))
        {
            return MsrpRejection.ByteRangeMalformed;
        }

        return frame.HasBody && frame.ContentType.IsEmpty ? MsrpRejection.ContentTypeMissing : MsrpRejection.None;
    }
}
