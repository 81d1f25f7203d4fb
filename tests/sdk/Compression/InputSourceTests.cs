using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

/// <summary>An input that is scaled where it comes from, for all that read it.</summary>
public sealed class InputSourceTests
{
    [Fact]
    public void Scale_EveryInput_LeavesWhatTheBlockComputes()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new TinyExperts(1);
        using var block = model.Open(0);
        using var random = new torch.Generator(3);
        var hidden = model.Embed(torch.arange(Number.Of(0), Number.Of(60), Number.One).view(3, 20));
        var (before, norm) = (block.Forward(hidden), block.Parameters["norm.weight"].clone());
        var inputs = SharedInput.Of(block.Groups, [.. block.Groups.Select(group => new GroupStatistics(group.Name))]);
        foreach (var input in inputs)
            input.Scale(torch.rand(TinyExperts.Width, generator: random).add(Number.Of(0.5), Number.One));
        Assert.Equal(2 + TinyExperts.Experts, inputs.Count);
        Assert.Equal(["mixer.v", "mlp.router", .. Enumerable.Range(0, TinyExperts.Experts).Select(e => $"mlp.experts.{e}.gate_up")],
            inputs[0].Groups.Select(group => group.Name));
        Assert.True(block.Forward(hidden).allclose(before, 1e-4, 1e-5));
        Assert.False(block.Parameters["norm.weight"].allclose(norm, 1e-2, 1e-2));
    }

    [Fact]
    public void Scale_NormWithOffset_IsStoredLessTheOffset()
    {
        using var scope = torch.NewDisposeScope();
        var (weight, bias) = (torch.tensor(new[] { 0.5f, -0.5f }), torch.tensor(new float[] { 6, 8 }));
        new InputSource("norm", weight, bias) { Offset = 1, Readers = [] }.Scale(torch.tensor(new float[] { 2, 4 }));
        Assert.Equal([1.5f / 2 - 1, 0.5f / 4 - 1], weight.data<float>().ToArray());
        Assert.Equal([3f, 2], bias.data<float>().ToArray());
    }

    [Fact]
    public void Scale_QuantizedLinearBefore_KeepsItsCodes()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("v", torch.zeros(2, 2));
        linear.Replace(new QuantizedWeight(new() { Format = CodeFormat.Integer, Bits = 4, Symmetric = true },
            torch.tensor(new byte[] { 1, 2, 3, 4 }, [2, 2]), torch.ones(2, 1)));
        new InputSource(linear, null) { Readers = [] }.Scale(torch.tensor(new float[] { 2, 4 }));
        Assert.Equal([0.5f, 0.25f], linear.Quantized!.Scales.data<float>().ToArray());
        Assert.Equal([-3.5f, -3, -1.25f, -1], linear.Weight.data<float>().ToArray());
    }

    [Fact]
    public void Scale_GroupThatTheSourceDoesNotKnow_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("q", torch.ones(2, 2));
        var group = new LinearGroup("qkv", [linear]) { Source = new InputSource("norm", torch.ones(2)) { Readers = [] } };
        Assert.Contains("does not know q", Assert.Throws<InvalidOperationException>(() => group.Scale(torch.ones(2))).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new LinearGroup("qkv", [linear]).Scale(torch.ones(2)));
    }
}
