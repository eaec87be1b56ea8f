namespace OmaIm.Load.Report;

/// <summary>How the large messages fared, and the chat beside them.</summary>
/// <param name="Bytes">Content of each.</param>
/// <param name="Rooms">One went through each room.</param>
/// <param name="Expected">Members that should have it.</param>
/// <param name="Verified">Members at which the SHA-256 was right.</param>
/// <param name="Seconds">Until the last member had it, of the slowest.</param>
/// <param name="ChatP99Before">Of the chat messages in microseconds, before.</param>
/// <param name="ChatP99During">Of the chat messages in microseconds, while a large message was under way.</param>
internal sealed record BigReport(
    long Bytes, int Rooms, int Expected, int Verified, double Seconds, double ChatP99Before, double ChatP99During);
