namespace OmaIm.Client.Sessions;

/// <summary>Which REPORTs the sender of a message wants (RFC 4975 section 7.1.2).</summary>
/// <param name="OfSuccess">Success-Report is "yes".</param>
/// <param name="OfFailure">Failure-Report is not "no".</param>
internal readonly record struct ReportsWanted(bool OfSuccess, bool OfFailure);
