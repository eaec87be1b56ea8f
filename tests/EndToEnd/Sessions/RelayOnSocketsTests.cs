using Xunit;

namespace OmaIm.Tests.EndToEnd.Sessions;

public sealed class RelayOnSocketsTests(RunningAppliance appliance) : RelayTests(appliance), IClassFixture<RunningAppliance>;
