using OmaIm.Load.Report;
using OmaIm.Load.Server;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Server;

public sealed class ServerFiguresTests
{
    [Fact]
    public void CpuTimeIsReadBehindACommandWithBlanksAndBrackets()
    {
        const string Stat = "4711 (omaim (server) x) S 1 4711 4711 0 -1 4194304 9000 0 3 0 1234 566 0 0 20 0 25 0 100 1000 500";

        Assert.Equal(18.0, ProcessStatus.ReadCpuSeconds(Stat));
    }

    [Fact]
    public void ResidentMemoryIsReadInBytes() =>
        Assert.Equal(65_432L * 1024, ProcessStatus.ReadResidentBytes("Name:\tomaim\nVmHWM:\t  70000 kB\nVmRSS:\t   65432 kB\nThreads:\t25\n"));

    [Fact]
    public void MemoryIsReadAsItStandsAsItWasAtMostAndWithoutFiles() => Assert.Equal(
        new ProcessMemory(65_432 * 1024, 20_000 * 1024, 70_000 * 1024),
        ProcessStatus.ReadMemory("Name:\tomaim\nVmHWM:\t  70000 kB\nVmRSS:\t   65432 kB\nRssAnon:\t   20000 kB\nRssFile:\t   45432 kB\n"));

    [Fact]
    public void ThePeakBeginsAnewWithWhatThereIs()
    {
        using (var child = System.Diagnostics.Process.Start("sleep", "60"))
        {
            ProcessStatus.ForgetPeak(child.Id);
            var memory = ProcessStatus.MemoryOf(child.Id);
            child.Kill();
            Assert.InRange(memory.PeakBytes, 1, long.MaxValue);
            Assert.InRange(memory.PeakBytes - memory.ResidentBytes, 0, 256 * 1024);
        }
    }

    [Theory]
    [InlineData("Limit  Soft Limit  Hard Limit  Units\nMax open files            20000                30000                files     \n", 20000)]
    [InlineData("Max open files            unlimited            unlimited            files\n", int.MaxValue)]
    [InlineData("", int.MaxValue)]
    public void TheLimitOfDescriptorsIsTheSoftOne(string limits, int expected) => Assert.Equal(expected, ProcessStatus.ReadDescriptorLimit(limits));

    [Theory]
    [InlineData(20_000, 1024, "the server may have 1,024 descriptors")]
    [InlineData(1024, 20_000, "this driver may have 1,024 descriptors")]
    [InlineData(1024, null, "so 624 connections at most")]
    public void TooManyConnectionsAreRefusedWithTheReason(int driver, int? server, string reason)
    {
        var failure = Assert.Throws<OmaIm.Load.LoadException>(() => DescriptorBudget.Check(driver, server, 625));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        DescriptorBudget.Check(driver, server, 624);
    }

    [Fact]
    public void DescriptorsAreCountedWithoutThoseOfCode()
    {
        Assert.InRange(ProcessStatus.CountDescriptors(Environment.ProcessId), 3, Directory.GetFileSystemEntries("/proc/self/fd").Length - 1);
    }

    [Fact]
    public void ATreeOfProcessesIsFoundWhateverTheOrder() =>
        Assert.Equal([10, 12, 11, 15], ProcessStatus.TreeOf(10, [(15, 12), (12, 10), (20, 1), (11, 10), (10, 1), (21, 20)]));

    [Fact]
    public void MetricsAreFoundAndTheirSeriesAddedUp()
    {
        var sample = MetricsPage.Read(
            """
            # HELP process_cpu_seconds_total User and system CPU time.
            # TYPE process_cpu_seconds_total counter
            process_cpu_seconds_total 12.5
            dotnet_gc_collections_total{generation="0"} 7
            dotnet_gc_collections_total{generation="1"} 2
            dotnet_gc_allocated_bytes_total 1048576
            omaim_msrp_deliveries_total 9.9e+06
            omaim_connections_open{listener="sip"} 1
            omaim_connections_open{listener="msrp"} 100
            omaim_connections_accepted_total{listener="msrp"} 250

            """);

        Assert.Equal((12.5, 9L, 1_048_576L, 9_900_000L), (sample.CpuSeconds, sample.Collections, sample.AllocatedBytes, sample.Deliveries));
        Assert.Equal((101L, 250L), (sample.Connections, sample.Accepted));
        Assert.Null(sample.ResidentBytes);
    }

    [Fact]
    public void UseIsTheDifferenceOfTwoLooks()
    {
        var before = new ServerSample { CpuSeconds = 10, AllocatedBytes = 1000, Deliveries = 100, Writes = 50 };
        var after = new ServerSample { CpuSeconds = 12, AllocatedBytes = 3000, Deliveries = 4100, Writes = 450, ResidentBytes = 77 };

        var use = ServerUse.Between(before, after, seconds: 4, deliveries: 4000);

        Assert.Equal((50.0, 2000.0, 0.5, 10.0), (use.CpuPercent, use.DeliveriesPerCpuSecond, use.AllocatedBytesPerDelivery, use.DeliveriesPerWrite));
        Assert.Equal(77, use.ResidentBytes);
    }

    [Fact]
    public void WhatIsNotKnownStaysUnknown()
    {
        var use = ServerUse.Between(new ServerSample(), new ServerSample(), seconds: 4, deliveries: 4000);

        Assert.Equal(new ServerUse(), use);
    }
}
