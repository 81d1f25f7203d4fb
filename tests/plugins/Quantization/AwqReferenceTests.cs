using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Tests.Pruning;
using LlmKick.Tests.Transformers;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

/// <summary>AWQ's scales on SmolLM2 are those that the reference found.</summary>
public sealed class AwqReferenceTests(ITestOutputHelper output)
{
    [Fact]
    public void Run_Block0_FindsTheReferenceScales() => Compare(0);

    [Fact]
    [Trait("Category", "Full")]
    public void Run_Block15_FindsTheReferenceScales() => Compare(15);

    private void Compare(int index)
    {
        using var scope = torch.NewDisposeScope();
        var reference = new Reference("awq-4bit-g64");
        using var model = ModelUnderTest.Load(ModelUnderTest.SmolLm2);
        using var block = model.Blockwise.Open(index);
        var inputs = Inputs(model.Blockwise, block, new CalibrationSet([.. reference.Calibration!.Sequences.Take(8)]));
        var found = reference.Json.GetProperty("scales").EnumerateArray().Single(b => b.GetProperty("block").GetInt32() == index)
            .GetProperty("scales");
        Assert.Equal(3, found.GetArrayLength());
        foreach (var expected in found.EnumerateArray())
        {
            var group = block.Groups.Single(g => g.Source?.Name == expected.GetProperty("prev").GetString());
            var form = new QuantizationScheme(4, 64) { IncludesZero = false };
            var (scales, errors) =
                new AwqScaleSearch([(group, [inputs[group.Name]])], group.Linears.ToDictionary(l => l, _ => (QuantizationScheme?)form),
                    false).Run();
            var norm = scales.norm().item<float>() / expected.GetProperty("norm").GetSingle();
            output.WriteLine($"block {index} {group.Name}: norm {norm:F5}, errors {string.Join(' ', errors)}");
            Assert.Equal(1, norm, 0.01);
            foreach (var (own, theirs) in scales.data<float>().ToArray().Zip(expected.GetProperty("first8").Floats()))
                Assert.Equal(1, own / theirs, 0.01);
        }
    }

    private static Dictionary<string, torch.Tensor> Inputs(ITransformer model, IBlock block, CalibrationSet calibration)
    {
        var inputs = new Dictionary<string, torch.Tensor>();
        var hidden = model.Embed(torch.tensor(calibration.Sequences.SelectMany(s => s.Select(id => (long)id)).ToArray(),
            [calibration.Sequences.Count, calibration.Length]));
        for (var before = 0; before < block.Index; before++)
            using (var open = model.Open(before))
                hidden = open.Forward(hidden);
        block.Forward(hidden, (group, input) => inputs[group.Name] = input.clone().DetachFromDisposeScope());
        return inputs;
    }
}
