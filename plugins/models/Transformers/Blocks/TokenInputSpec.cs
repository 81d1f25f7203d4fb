using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Blocks;

/// <summary>Gemma 3n's and 4's per-layer embeddings inside a block: x + N(project(activation(gate(x)) · embedding of the token for this
/// block)).</summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Inner">Numbers of an embedding for one block.</param>
/// <param name="Activation">The activation function.</param>
/// <param name="Norm">N.</param>
internal sealed record TokenInputSpec(int Width, int Inner, Activation Activation, NormSpec Norm)
{
    public IEnumerable<ParameterSpec> Parameters => [.. Gate.Parameters, .. Projection.Parameters, .. Norm.Parameters];

    public TokenInput Build(IPartReader reader) =>
        new(Activation, reader.Linears("per_layer_gate", Gate), reader.Linears("per_layer_projection", Projection), reader.Norm(Norm)!);

    private LinearSpec Gate => new(LinearRole.Other, "per_layer_input_gate", Inner, Width, "inp_gate");

    private LinearSpec Projection => new(LinearRole.Other, "per_layer_projection", Width, Inner, "proj");
}
