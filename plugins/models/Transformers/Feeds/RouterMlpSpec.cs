using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Feeds;

/// <summary>
/// A router that remembers (ZAYA1, arXiv 2511.17127): r = W x + b + s ⊙ r of the block before, logits = out(gelu(fc₂(gelu(fc₁(N r))))).
/// </summary>
/// <param name="Inner">Numbers of r.</param>
/// <param name="Module">What stands before the names of what comes behind r.</param>
/// <param name="Norm">N.</param>
internal sealed record RouterMlpSpec(int Inner, string Module, NormSpec Norm)
{
    /// <summary>s; null in the first block, which has none before it.</summary>
    public ScaleSpec? Memory { get; init; }

    public IEnumerable<ParameterSpec> Parameters(int choices) =>
        [.. Linears(choices).SelectMany(linear => linear.Parameters), .. Norm.Parameters, .. ScaleSpec.All(Memory)];

    public RouterMlp Build(IPartReader reader, int choices) => new(
        [.. Linears(choices).Select(linear => reader.Linears(linear.Name, linear))], reader.Norm(Norm)!, Memory?.Build(reader));

    private IReadOnlyList<LinearSpec> Linears(int choices) =>
    [
        Of("fc1", Inner) with { HasBias = true }, Of("fc2", Inner) with { HasBias = true }, Of("out_proj", choices),
    ];

    private LinearSpec Of(string name, int outputs) => new(LinearRole.Router, $"{Module}.{name}", outputs, Inner, null);
}
