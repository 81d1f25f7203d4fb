using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Weights;

/// <summary>Names and shapes of all tensors that a configuration asks for, by their Hugging Face names.</summary>
internal sealed class ModelLayout(TransformerConfig config)
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";
    public const string Head = "lm_head.weight";
    public const string AttentionNormName = "input_layernorm";
    public const string FeedForwardNormName = "post_attention_layernorm";
    public const string AttentionNorm = AttentionNormName + ".weight";
    public const string FeedForwardNorm = FeedForwardNormName + ".weight";

    public GroupLayout Qkv { get; } = new("self_attn.qkv", config.Width, config.QkvBias,
    [
        new("self_attn.q_proj", config.Heads * config.HeadWidth, LinearRole.Query),
        new("self_attn.k_proj", config.KeyValueHeads * config.HeadWidth, LinearRole.Key),
        new("self_attn.v_proj", config.KeyValueHeads * config.HeadWidth, LinearRole.Value),
    ]);

    public GroupLayout Output { get; } = new("self_attn.o", config.Heads * config.HeadWidth, config.OutputBias, [new("self_attn.o_proj", config.Width, LinearRole.Output)]);

    public GroupLayout GateUp { get; } = new("mlp.gate_up", config.Width, config.FeedForwardBias,
        [new("mlp.gate_proj", config.FeedForwardWidth, LinearRole.Gate), new("mlp.up_proj", config.FeedForwardWidth, LinearRole.Up)]);

    public GroupLayout Down { get; } = new("mlp.down", config.FeedForwardWidth, config.FeedForwardBias, [new("mlp.down_proj", config.Width, LinearRole.Down)]);

    /// <summary>All parameters, a tied head counted once.</summary>
    public long ParameterCount => Tensors().Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size));

    public static string InBlock(int block, string name) => $"model.layers.{block}.{name}";

    /// <summary>Every tensor; listed lazily, for a configuration may lie about its blocks.</summary>
    public IEnumerable<(string Name, long[] Shape)> Tensors() => Places().Select(place => (place.Name, place.Shape));

    /// <summary>Every tensor with where it is, as lazily.</summary>
    public IEnumerable<TensorPlace> Places()
    {
        yield return new TensorPlace(Embedding, [config.VocabularySize, config.Width]);
        foreach (var tensor in Enumerable.Range(0, config.BlockCount).SelectMany(Block))
            yield return tensor;
        yield return new TensorPlace(FinalNorm, [config.Width]);
        if (!config.TiedEmbeddings)
            yield return new TensorPlace(Head, [config.VocabularySize, config.Width]);
    }

    private IEnumerable<TensorPlace> Block(int block)
    {
        foreach (var group in (GroupLayout[])[Qkv, Output, GateUp, Down])
            foreach (var linear in group.Linears)
            {
                var place = new LinearPlace(block, config.BlockCount, linear.Name, linear.Outputs, group.Inputs, linear.Role);
                yield return new TensorPlace(InBlock(block, linear.Name + ".weight"), [linear.Outputs, group.Inputs], block, place);
                if (group.HasBias)
                    yield return new TensorPlace(InBlock(block, linear.Name + ".bias"), [linear.Outputs], block);
            }
        yield return new TensorPlace(InBlock(block, AttentionNorm), [config.Width], block);
        yield return new TensorPlace(InBlock(block, FeedForwardNorm), [config.Width], block);
    }
}
