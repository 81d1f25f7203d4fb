using LlmKick.Sdk.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace LlmKick.Quickstart.Training;

/// <summary>The llama's forward pass for training: products in a narrow type, weights, norms and the residual stream in float32.</summary>
internal sealed class Network : IDisposable
{
    private readonly Weights weights;
    private readonly ScalarType type;
    private readonly Tensor cosines;
    private readonly Tensor sines;

    public Network(Weights weights, ScalarType type)
    {
        (this.weights, this.type) = (weights, type);
        using var scope = NewDisposeScope();
        var exponents = arange(Number.Of(0), Number.Of(Shape.HeadWidth), Number.Of(2), ScalarType.Int64)
            .to_type(ScalarType.Float32) / Number.Of(Shape.HeadWidth);
        var angles = outer(arange(Number.Of(0), Number.Of(Shape.Context), Number.One, ScalarType.Float32),
            Number.Of(1) / tensor((float)Training.Shape.RotaryBase).pow(exponents));
        cosines = cat([angles.cos(), angles.cos()], 1).to_type(type).DetachFromDisposeScope();
        sines = cat([-angles.sin(), angles.sin()], 1).to_type(type).DetachFromDisposeScope();
    }

    private Shape Shape => weights.Shape;

    /// <summary>Logits in the narrow type.</summary>
    /// <param name="tokens">int64 [batch, length].</param>
    /// <returns>[batch · length, vocabulary].</returns>
    public Tensor Forward(Tensor tokens)
    {
        var embeddings = weights["model.embed_tokens.weight"];
        var hidden = embeddings.index_select(0, tokens.reshape(-1)).view(tokens.shape[0], tokens.shape[1], Shape.Width);
        for (var block = 0; block < Shape.Blocks; block++)
            hidden = Block(hidden, $"model.layers.{block}.");
        return F.linear(Norm(hidden, "model.norm.weight"), embeddings.to_type(type)).view(-1, Shape.Vocabulary);
    }

    public void Dispose()
    {
        cosines.Dispose();
        sines.Dispose();
    }

    private Tensor Block(Tensor hidden, string prefix)
    {
        var attended = hidden.add(Attend(Norm(hidden, prefix + "input_layernorm.weight"), prefix + "self_attn."), Number.One);
        return attended.add(FeedForward(Norm(attended, prefix + "post_attention_layernorm.weight"), prefix + "mlp."), Number.One);
    }

    private Tensor Attend(Tensor input, string prefix)
    {
        var (batch, length) = (input.shape[0], input.shape[1]);
        var heads = Linear(input, prefix + "q_proj", prefix + "k_proj", prefix + "v_proj")
            .view(batch, length, 3, Shape.Heads, Shape.HeadWidth).permute(2, 0, 3, 1, 4);
        var rotated = Rotate(heads.narrow(0, 0, 2), length);
        var seen = F.scaled_dot_product_attention(rotated[0], rotated[1], heads[2], is_casual: true);
        return Linear(seen.transpose(1, 2).reshape(batch, length, Shape.Width), prefix + "o_proj");
    }

    private Tensor Rotate(Tensor heads, long length)
    {
        var halves = heads.chunk(2, -1);
        return (heads * cosines.narrow(0, 0, length)).add(cat([halves[1], halves[0]], -1) * sines.narrow(0, 0, length), Number.One);
    }

    private Tensor FeedForward(Tensor input, string prefix)
    {
        var both = Linear(input, prefix + "gate_proj", prefix + "up_proj").chunk(2, -1);
        return Linear(F.silu(both[0]) * both[1], prefix + "down_proj");
    }

    private Tensor Linear(Tensor input, params string[] names)
    {
        var parts = names.Select(name => weights[name + ".weight"]).ToArray();
        return F.linear(input, (parts.Length == 1 ? parts[0] : cat(parts, 0)).to_type(type));
    }

    private Tensor Norm(Tensor hidden, string name)
    {
        var scale = hidden.pow(Number.Of(2)).mean([-1], keepdim: true).add(Number.Of(Training.Shape.NormEpsilon), Number.One).rsqrt();
        return (hidden * scale * weights[name]).to_type(type);
    }
}
