using Xunit;

namespace OmaIm.Tests.EndToEnd.Sessions;

public sealed class RelayOnPipesTests(PipedAppliance appliance) : RelayTests(appliance), IClassFixture<PipedAppliance>;
