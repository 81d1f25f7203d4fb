using LlmKick.Sdk.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Quickstart.Training;

/// <summary>The weights of a llama with tied embeddings, float32, under their Hugging Face names.</summary>
internal sealed class Weights : IDisposable
{
    private const double Deviation = 0.02;
    private readonly SortedDictionary<string, Tensor> tensors = new(StringComparer.Ordinal);

    public Weights(Shape shape, long seed)
    {
        Shape = shape;
        using var random = new Generator((ulong)seed);
        foreach (var (name, size) in Layout(shape))
            tensors.Add(name, Start(size, name, random).requires_grad_());
    }

    public Shape Shape { get; }

    public IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    public long Count => tensors.Values.Sum(tensor => tensor.numel());

    public Tensor this[string name] => tensors[name];

    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }

    // What is added to the residual stream starts smaller, as in GPT-2.
    private Tensor Start(long[] size, string name, Generator random)
    {
        if (size.Length == 1)
            return ones(size);
        var deviation = name.Contains("o_proj", StringComparison.Ordinal)
            || name.Contains("down_proj", StringComparison.Ordinal) ? Deviation / Math.Sqrt(2 * Shape.Blocks) : Deviation;
        return randn(size, generator: random).mul_(Number.Of(deviation));
    }

    private static IEnumerable<(string Name, long[] Size)> Layout(Shape shape)
    {
        yield return ("model.embed_tokens.weight", [shape.Vocabulary, shape.Width]);
        yield return ("model.norm.weight", [shape.Width]);
        for (var block = 0; block < shape.Blocks; block++)
        {
            var prefix = $"model.layers.{block}.";
            yield return (prefix + "input_layernorm.weight", [shape.Width]);
            yield return (prefix + "post_attention_layernorm.weight", [shape.Width]);
            foreach (var name in (string[])["q_proj", "k_proj", "v_proj", "o_proj"])
                yield return ($"{prefix}self_attn.{name}.weight", [shape.Width, shape.Width]);
            yield return (prefix + "mlp.gate_proj.weight", [shape.Inner, shape.Width]);
            yield return (prefix + "mlp.up_proj.weight", [shape.Inner, shape.Width]);
            yield return (prefix + "mlp.down_proj.weight", [shape.Width, shape.Inner]);
        }
    }
}
