using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Tests.Transformers;
using TorchSharp;

namespace LlmKick.Tests.Pruning;

/// <summary>SmolLM2 compressed by the reference implementations and by us.</summary>
public sealed class ReferenceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("magnitude-50", 0.9999)]
    [InlineData("magnitude-2of4", 0.9999)]
    [InlineData("wanda-50", 0.9999)]
    [InlineData("wanda-2of4", 0.9999)]
    [InlineData("sparsegpt-50", 0.995)]
    [InlineData("sparsegpt-2of4", 0.995)]
    public void Compress_Block0_EqualsTheReference(string name, double leastEqual)
    {
        var reference = new Reference(name);
        using var model = ModelUnderTest.Load(ModelUnderTest.SmolLm2);
        var reports = reference.Method.Run(new FirstBlocks(model.Blockwise, 1), reference.Calibration);

        var equal = EqualMaskBits(reference, model.Blockwise);
        output.WriteLine($"{name}: mask {equal:P4}");
        Assert.True(equal >= leastEqual, $"Only {equal:P4} of the mask are equal.");
        foreach (var expected in reference.Linears(0))
        {
            var actual = reports.Single(r => r.Linear == expected.GetProperty("linear").GetString());
            Assert.InRange(actual.RelativeFrobenius / expected.GetProperty("rel_frobenius").GetDouble(), 0.995, 1.005);
            Assert.Equal(expected.GetProperty("sparsity").GetDouble(), actual.Sparsity, 2e-6);
            if (!expected.TryGetProperty("rel_output_error", out var error))
                continue;
            output.WriteLine($"  {actual.Linear}: {actual.RelativeOutputError / error.GetDouble():F5}");
            Assert.InRange(actual.RelativeOutputError!.Value / error.GetDouble(), 0.995, 1.005);
            Assert.Equal((0.01, 16384), (actual.Damping, actual.OutputErrorTokens));
        }
    }

    [Theory]
    [Trait("Category", "Full")]
    [InlineData("magnitude-50", 0.003)]
    [InlineData("magnitude-2of4", 0.003)]
    [InlineData("wanda-50", 0.003)]
    [InlineData("wanda-2of4", 0.003)]
    [InlineData("sparsegpt-50", 0.005)]
    [InlineData("sparsegpt-2of4", 0.005)]
    public void Compress_WholeModel_HasTheReferencePerplexity(string name, double tolerance)
    {
        var reference = new Reference(name);
        using var model = ModelUnderTest.Load(ModelUnderTest.SmolLm2);
        var reports = reference.Method.Run(model.Blockwise, reference.Calibration);
        var perplexity = Math.Exp(Reference.Windows.Average(window => -model.LogProbabilities(window).Average(p => (double)p)));
        var expected = reference.Json.GetProperty("ppl").GetDouble();
        output.WriteLine($"{name}: {perplexity:F4}, reference {expected:F4}, {perplexity / expected - 1:P3}; "
            + $"{reports.Sum(r => r.Seconds):F2} s in the method");
        Assert.InRange(perplexity / expected - 1, -Allowed(name, tolerance), Allowed(name, tolerance));
    }

    /// <summary>SparseGPT amplifies rounding: three times what reversing the reference's calibration sequences changes, if that is
    /// larger.</summary>
    private static double Allowed(string name, double tolerance) => name.StartsWith("sparsegpt", StringComparison.Ordinal)
        ? Math.Max(tolerance,
            3 * Math.Abs(Golden.Json("golden/smollm2/spread.json").GetProperty(name).GetProperty("relative_difference").GetDouble()))
        : tolerance;

    private static double EqualMaskBits(Reference reference, ITransformer model)
    {
        using var scope = torch.NewDisposeScope();
        using var block = model.Open(0);
        var linears = block.Groups.SelectMany(g => g.Linears).ToDictionary(l => l.Name);
        var zeros = reference.BlockOrder.SelectMany(l => linears[l].Weight.eq(Number.Of(0)).flatten().data<bool>().ToArray()).ToArray();
        var mask = reference.Mask;
        Assert.Equal(zeros.Length, mask.Length * 8);
        return zeros.Index().Count(z => z.Item == ((mask[z.Index / 8] >> (z.Index % 8) & 1) == 1)) / (double)zeros.Length;
    }
}
