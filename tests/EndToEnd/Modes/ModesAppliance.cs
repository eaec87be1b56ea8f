using OmaIm.Appliance.Configuration;
using OmaIm.Server.Core;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>An appliance whose limits are soon reached, with a pre-defined group of alice, bob and carol.</summary>
public class ModesAppliance : RunningAppliance
{
    /// <summary>Bytes of the largest message, in rooms and in sessions.</summary>
    public const int Limit = 64 * 1024;

    public const string Team = "sip:team@rooms.localhost";

    protected override MsrpSettings MsrpSettings => new() { MaxMessageBytes = Limit, OutboxBytes = 64 * 1024 };

    protected override SessionSettings Sessions => new() { MaxMessageBytes = Limit };

    protected override PagerSettings Pager => new() { TimeoutSeconds = 1 };

    protected override IReadOnlyList<RoomSettings> FurtherRooms =>
        [new() { Name = "team", Access = RoomAccess.Private, InviteMembers = true, Members = ["alice", "bob", "carol"] }];
}
