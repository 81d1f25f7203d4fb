using LlmKick.Runs.Work;

namespace LlmKick.Tests.Runs;

public sealed class FirstFailureTests
{
    [Fact]
    public async Task Run_OneFails_TheOthersStopAndItsFailureIsTold()
    {
        var stopped = 0;
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => FirstFailure.RunAsync<int>([Wait, _ => throw new InvalidOperationException("this one"), Wait],
                TestContext.Current.CancellationToken));
        Assert.Equal(("this one", 2), (failure.Message, stopped));

        async Task<int> Wait(CancellationToken stop)
        {
            using var told = stop.Register(() => Interlocked.Increment(ref stopped));
            await Task.Delay(Timeout.Infinite, stop);
            return 0;
        }
    }

    [Fact]
    public async Task Run_AllSucceed_AreInOrder() =>
        Assert.Equal([1, 2], await FirstFailure.RunAsync<int>(
            [async stop => { await Task.Delay(20, stop); return 1; }, _ => Task.FromResult(2)], TestContext.Current.CancellationToken));
}
