using LlmKick.Quantization;
using LlmKick.Sdk.Solving;

namespace LlmKick.Tests.Quantization;

public sealed class GptqPresetTests
{
    private static readonly GptqOptions Paper = new() { Preset = GptqPreset.Paper, Bits = 3 };

    [Fact]
    public void Paper_IsTheSettingOfItsCode()
    {
        Assert.Empty(Paper.Validate());
        Assert.Equal(new QuantizationScheme(3, 128, Symmetric: false, Mse: false), Paper.Scheme(3));
        Assert.Equal((false, 0.01, 128, false), (Paper.ActOrder, Paper.Damping, Paper.BlockSize, Paper.TrueSequential));
    }

    [Fact]
    public void Paper_EveryOptionThatLeavesIt_IsRefused()
    {
        GptqOptions other = new() { GroupSize = 64, Per = GridShare.Channel, Symmetric = true, Mse = true, ActOrder = true, Damping = 0.1,
            BlockSize = 64, TrueSequential = true };
        Assert.Empty(other.Validate());
        Assert.Equal(["group_size", "per", "symmetric", "mse", "act_order", "damping", "block_size", "true_sequential"],
            (other with { Preset = GptqPreset.Paper }).Validate().Select(fault => fault.Key));
    }

    [Fact]
    public void Paper_OtherBitsAndFewerDigitsOfScales_AreFree() =>
        Assert.Empty((Paper with { OtherBits = [PatternBits.Parse("first.*=8", null)], ScaleDtype = ScaleType.Float16 }).Validate());
}
