using OmaIm.Appliance.Configuration;

namespace OmaIm.Tests.EndToEnd.Rooms;

/// <summary>An appliance with two MSRP loops, however few processors there are.</summary>
public sealed class LoopsAppliance(bool directSockets) : RunningAppliance
{
    protected override MsrpSettings MsrpSettings => base.MsrpSettings with { Loops = 2, DirectSockets = directSockets };

    /// <summary>Rooms with odd numbers are on one loop, those with even numbers on the other.</summary>
    public static string Room(int number) => number == 1 ? Lobby : $"sip:room{number}@rooms.localhost";
}
