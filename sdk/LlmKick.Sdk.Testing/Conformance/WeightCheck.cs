using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>Looks at compressed weights.</summary>
internal static class WeightCheck
{
    public static string Describe(Linear linear) => $"{linear.Name} [{string.Join(", ", linear.Weight.shape)}] {linear.Weight.dtype}";

    public static double Sparsity(Linear linear) =>
        1 - (double)Count(linear.Weight, weight => weight.count_nonzero()) / linear.Weight.numel();

    public static void RequireFinite(TinyLlama model)
    {
        foreach (var linear in model.Linears)
            RequireFinite(linear);
        using var scope = torch.NewDisposeScope();
        var hidden = model.Forward(torch.arange(Number.Of(0), Number.Of(20), Number.One).unsqueeze(0), [20], null);
        Assert.True(Count(model.Logits(hidden[0]), logits => logits.isfinite().logical_not_().sum()) == 0,
            "The compressed model answers with NaN or infinity: a weight grew out of bounds.");
    }

    public static void RequireFinite(Linear linear) => Assert.True(
        Count(linear.Weight, weight => weight.isfinite().logical_not_().sum()) == 0,
        $"{linear.Name} holds NaN or infinity: look for divisions by zero and overflow, and compute in float32.");

    public static void RequireInStep(Linear linear)
    {
        using var scope = torch.NewDisposeScope();
        if (linear.Parts.Count > 0)
            Assert.True(Count(linear.Weight, weight => weight.ne(linear.Encoding.Decode(linear.Parts).to(weight.dtype)).sum()) == 0,
                $"The values of {linear.Name} and its codes have parted: change weights through Linear's methods alone.");
    }

    public static void RequireSame(TinyLlama one, TinyLlama other, string advice)
    {
        foreach (var (first, second) in one.Linears.Zip(other.Linears))
            Assert.True(Count(first.Weight, weight => weight.ne(second.Weight).sum()) == 0, $"{first.Name}: {advice}");
        foreach (var (first, second) in one.Norms.Zip(other.Norms))
            Assert.True(Count(first, weight => weight.ne(second).sum()) == 0, $"A norm: {advice}");
    }

    private static long Count(torch.Tensor tensor, Func<torch.Tensor, torch.Tensor> count)
    {
        using var scope = torch.NewDisposeScope();
        return count(tensor).item<long>();
    }
}
