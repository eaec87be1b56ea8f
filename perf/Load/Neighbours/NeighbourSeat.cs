namespace OmaIm.Load.Neighbours;

/// <summary>The place of a session: its number over all topics, its topic, and the book of the run.</summary>
internal sealed record NeighbourSeat(int Number, int Topic, FanOut FanOut);
