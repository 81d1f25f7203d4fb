using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;

namespace LlmKick.Tests.Quantization;

/// <summary>Which linears a method takes.</summary>
internal sealed record SomeLinears(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude);

/// <summary>Every method that changes weights, with options that fit the tests' tiny models.</summary>
internal static class EveryMethod
{
    public static IReadOnlyList<string> Pruners { get; } = ["magnitude", "random", "wanda", "sparsegpt"];

    public static Dictionary<string, Func<SomeLinears, ICompressor>> Table { get; } = new()
    {
        ["magnitude"] = _ => new Magnitude(new PruningOptions { Sparsity = 0.3 }),
        ["random"] = _ => new RandomPruning(new PruningOptions { Pattern = NmPattern.Parse("2:4", null) }),
        ["wanda"] = _ => new Wanda(new PruningOptions { Pattern = NmPattern.Parse("2:4", null) }),
        ["sparsegpt"] = _ => new SparseGpt(new SparseGptOptions { Sparsity = 0.3 }),
        ["rtn"] = of => new Rtn(new RtnOptions { Bits = 8, GroupSize = 8, Include = of.Include, Exclude = of.Exclude }),
        ["rtn-tensor"] = of =>
            new Rtn(new RtnOptions { Bits = 4, Per = GridShare.Tensor, Symmetric = true, Include = of.Include, Exclude = of.Exclude }),
        ["gptq"] = of =>
            new Gptq(new GptqOptions { GroupSize = 8, ActOrder = true, StaticGroups = false, Include = of.Include, Exclude = of.Exclude }),
        ["sparsegpt-gptq"] = of =>
            new Gptq(new SparseGptqOptions { Per = GridShare.Channel, Include = of.Include, Exclude = of.Exclude }, new Removal(0.3, null)),
        ["awq"] = of => new Awq(new AwqOptions { GroupSize = 8, Include = of.Include, Exclude = of.Exclude }),
        ["smoothquant"] = of =>
            new SmoothQuant(new SmoothQuantOptions { Activations = ActivationKind.Static, Include = of.Include, Exclude = of.Exclude }),
        ["llm-int8"] = of => new LlmInt8(new LlmInt8Options { Threshold = 1.5, Include = of.Include, Exclude = of.Exclude }),
        ["fp8"] = of => new Fp8(new Fp8Options { Include = of.Include, Exclude = of.Exclude }),
        ["nf4"] = of => new Nf4(new FloatOptions { Include = of.Include, Exclude = of.Exclude }),
        ["mxfp4"] = of => new Mxfp4(new FloatOptions { Include = of.Include, Exclude = of.Exclude }),
    };

    public static List<string> Names { get; } = [.. Table.Keys];
}
