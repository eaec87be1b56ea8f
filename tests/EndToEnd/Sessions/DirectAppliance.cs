using OmaIm.Appliance.Configuration;
using OmaIm.Server.Core;

namespace OmaIm.Tests.EndToEnd.Sessions;

/// <summary>An appliance that lets clients talk to each other where they can.</summary>
public sealed class DirectAppliance : RunningAppliance
{
    protected override SessionSettings Sessions => new() { Mode = SessionMode.Auto };
}
