using LlmKick.Runtime;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using TorchSharp;

namespace LlmKick.Tests.Runtime;

public sealed class TensorRuntimeTests
{
    [Fact]
    public void Start_CudaWithCpuLibTorch_SaysWhatToSet()
    {
        Assert.SkipWhen(LibTorch.Find().HasCuda, "This libtorch is for CUDA.");

        var failure = Assert.Throws<LlmKickException>(() => TensorRuntime.Start(DeviceName.Parse("cuda:1"), torch.get_num_threads()));

        Assert.StartsWith("cuda:1 was asked for, and libtorch in ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Set LLMKICK_LIBTORCH to a folder with libtorch 2.10.0 for CUDA, or use the device cpu.", failure.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DataType.Float16, "cpu", true)]
    [InlineData(DataType.Float16, "cuda", false)]
    [InlineData(DataType.Bfloat16, "cpu", false)]
    [InlineData(DataType.Float32, "cpu", false)]
    public void Warning_OfDataTypes_IsOfFloat16OnACpu(DataType type, string device, bool warns) =>
        Assert.Equal(warns, DataTypes.Warning(type, DeviceName.Parse(device)) is not null);
}
