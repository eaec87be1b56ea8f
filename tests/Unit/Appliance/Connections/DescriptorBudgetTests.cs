using OmaIm.Appliance.Connections;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Connections;

public sealed class DescriptorBudgetTests
{
    [Fact]
    public async Task WhoFindsNoRoomWaitsUntilSomebodyGoes()
    {
        var budget = new DescriptorBudget(2);
        await budget.TakeAsync(CancellationToken.None);
        await budget.TakeAsync(CancellationToken.None);
        var third = budget.TakeAsync(CancellationToken.None);
        Assert.False(third.IsCompleted);
        budget.Return();
        await third.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task TheProcessHasRoomForSome() => await DescriptorBudget.OfProcess().TakeAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
}
