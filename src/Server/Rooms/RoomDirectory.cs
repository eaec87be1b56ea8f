using OmaIm.Protocols.Text;
using OmaIm.Server.Core;

namespace OmaIm.Server.Rooms;

/// <summary>All rooms of the server: those of the configuration, and those that users made.</summary>
public sealed class RoomDirectory(RoomServices services) : IGroups
{
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);

    public RoomServices Services => services;

    public IReadOnlyCollection<Room> Rooms => _rooms.Values;

    /// <summary>Whether the server is stopping: nobody comes in any more.</summary>
    public bool IsStopping { get; private set; }

    public Room? Find(string name) => _rooms.GetValueOrDefault(name);

    GroupMembership? IGroups.Find(string name, string aor) =>
        Find(name) is { } room && room.Rights.IsMember(aor) ? new GroupMembership(room.Rights.Members, room.AllowsAnonymity) : null;

    /// <summary>Adds a room that stays.</summary>
    public Room Add(RoomOptions options) => Add(options, creator: null);

    /// <summary>Makes a private room for a user, with an address that nobody can guess.</summary>
    public RoomRefusal TryCreate(Caller creator, string? subject, out Room? room)
    {
        room = null;
        var own = _rooms.Values.Count(existing => string.Equals(existing.Creator?.Aor, creator.Aor, StringComparison.Ordinal));
        if (_rooms.Count >= services.Limits.Rooms || own >= services.Limits.AdHocRoomsPerUser)
        {
            return RoomRefusal.TooManyRooms;
        }

        var options = new RoomOptions
        {
            Name = RandomToken.Create(),
            Access = RoomAccess.Private,
            Moderators = [creator.Aor],
            Subject = subject,
            MaximumUsers = services.Limits.AdHocUsers,
        };
        room = Add(options, creator);
        services.Log.Created(room.Uri.Aor, creator.Aor);
        return RoomRefusal.None;
    }

    /// <summary>Takes back a room that nobody entered.</summary>
    public void Discard(Room room)
    {
        room.Close(LeaveReason.Closed);
        Remove(room);
    }

    /// <summary>Ends everything, and calls back when every BYE has been answered.</summary>
    public void Close(Action whenDone)
    {
        IsStopping = true;
        foreach (var room in _rooms.Values.ToList())
        {
            room.Close(LeaveReason.Closed);
        }

        services.Sessions.WhenNone(whenDone);
    }

    private Room Add(RoomOptions options, Caller? creator)
    {
        var room = new Room(services, options, creator, Remove);
        _rooms.Add(options.Name, room);
        services.Metrics.RoomsChanged(+1);
        return room;
    }

    private void Remove(Room room)
    {
        if (_rooms.Remove(room.Name))
        {
            services.Metrics.RoomsChanged(-1);
            services.Log.Removed(room.Uri.Aor);
        }
    }
}
