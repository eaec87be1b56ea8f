namespace OmaIm.Load.Report;

/// <summary>What became of the members that stopped reading.</summary>
/// <param name="CutOff">Of these, whose session the server has ended.</param>
/// <param name="FirstCutOffSeconds">After how long the first was cut off; null when none was.</param>
/// <param name="LastCutOffSeconds">After how long the last was.</param>
internal sealed record StallReport(int Stalled, int CutOff, double? FirstCutOffSeconds, double? LastCutOffSeconds);
