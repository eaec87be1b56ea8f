using Xunit;

namespace OmaIm.Tests.EndToEnd.Sessions;

public sealed class RelayOverTlsTests(TlsAppliance appliance) : RelayTests(appliance), IClassFixture<TlsAppliance>;
