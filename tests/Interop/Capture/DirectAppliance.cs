using OmaIm.Appliance.Configuration;
using OmaIm.Server.Core;
using OmaIm.Tests.EndToEnd;

namespace OmaIm.Tests.Interop.Capture;

/// <summary>An appliance whose one-to-one sessions run from client to client.</summary>
public sealed class DirectAppliance : RunningAppliance
{
    protected override SessionSettings Sessions => base.Sessions with { Mode = SessionMode.Direct };
}
