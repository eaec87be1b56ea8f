namespace OmaIm.Client;

/// <summary>The events of a room.</summary>
internal sealed class EventQueue(int capacity, long byteCapacity)
    : BoundedEvents<RoomEvent>(capacity, byteCapacity, SizeOf, count => new EventsDropped(count))
{
    private static int SizeOf(RoomEvent roomEvent) => roomEvent is MessageReceived message ? message.Content.Length : 0;
}
