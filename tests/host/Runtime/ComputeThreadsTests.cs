using LlmKick.Runtime;
using LlmKick.Sdk;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Runtime;

public sealed class ComputeThreadsTests
{
    [Fact]
    public void Resolve_Asked_Wins() => Assert.Equal(3, ComputeThreads.Resolve(3));

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Resolve_NotPositive_IsRefused(int threads) =>
        Assert.Contains($"'{threads}' threads cannot compute.",
            Assert.Throws<LlmKickException>(() => ComputeThreads.Resolve(threads)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Start_Threads_HoldOnTheComputeThread()
    {
        var before = torch.get_num_threads();
        try
        {
            TensorRuntime.Start(DeviceName.Cpu, 1);
            Assert.Equal(1, await ComputeThread.RunAsync(() => torch.get_num_threads()));
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }
}
