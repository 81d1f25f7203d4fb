using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace LlmKick.Sdk.Testing;

/// <summary>A block of <see cref="TinyLlama"/>: two heads that share their keys and values, and a gated feed-forward part.</summary>
internal sealed class TinyBlock : IBlock
{
    private const string AttentionNorm = "input_layernorm";
    private const string FeedForwardNorm = "post_attention_layernorm";
    private const int Heads = 2;
    public const int HeadWidth = TinyLlama.Width / Heads;

    public TinyBlock(int index, torch.ScalarType dtype, torch.Generator random)
    {
        Linear Make(string name, LinearRole role, int outputs, int inputs) => new(name, Random([outputs, inputs], dtype, random), role);
        torch.Tensor Ones() => torch.ones(TinyLlama.Width, dtype: dtype).DetachFromDisposeScope();
        Index = index;
        Parameters = new Dictionary<string, torch.Tensor> { [AttentionNorm + ".weight"] = Ones(), [FeedForwardNorm + ".weight"] = Ones() };
        var gate = Make("mlp.gate_proj", LinearRole.Gate, TinyLlama.Inner, TinyLlama.Width);
        var up = Make("mlp.up_proj", LinearRole.Up, TinyLlama.Inner, TinyLlama.Width);
        var query = Make("self_attn.q_proj", LinearRole.Query, TinyLlama.Width, TinyLlama.Width);
        var key = Make("self_attn.k_proj", LinearRole.Key, HeadWidth, TinyLlama.Width);
        var value = Make("self_attn.v_proj", LinearRole.Value, HeadWidth, TinyLlama.Width);
        var output = Make("self_attn.o_proj", LinearRole.Output, TinyLlama.Width, TinyLlama.Width);
        var down = Make("mlp.down_proj", LinearRole.Down, TinyLlama.Width, TinyLlama.Inner);
        Groups =
        [
            new("self_attn.qkv", [query, key, value]) { Source = After(AttentionNorm, query, key, value),
                Part = input => Attend(input, null) },
            new("self_attn.o", [output]),
            new("mlp.gate_up", [gate, up]) { Source = After(FeedForwardNorm, gate, up), Part = input => Feed(input, null) },
            new("mlp.down", [down]) { Source = new InputSource(up, null) { Readers = [down] } },
        ];
    }

    public int Index { get; }

    public IReadOnlyList<LinearGroup> Groups { get; }

    public IReadOnlyDictionary<string, torch.Tensor> Parameters { get; }

    public KeyValueScheme? KeyValues { get; set; }

    public int Forwards { get; private set; }

    public torch.Tensor Forward(torch.Tensor hidden, Action<LinearGroup, torch.Tensor>? observe = null)
    {
        Forwards++;
        using var scope = torch.NewDisposeScope();
        var attended = hidden.add(Attend(Norm(hidden) * Parameters[AttentionNorm + ".weight"], observe), Number.One);
        return attended.add(Feed(Norm(attended) * Parameters[FeedForwardNorm + ".weight"], observe), Number.One).MoveToOuterDisposeScope();
    }

    /// <summary>Does nothing: the block is the model's own and stays in memory.</summary>
    public void Commit()
    {
    }

    public void Dispose()
    {
    }

    /// <summary>Random weights, such that what goes through keeps its size.</summary>
    public static torch.Tensor Random(long[] shape, torch.ScalarType dtype, torch.Generator random)
    {
        using var scope = torch.NewDisposeScope();
        return (torch.randn(shape, generator: random) / Number.Of(Math.Sqrt(shape[^1]))).to(dtype).DetachFromDisposeScope();
    }

    /// <summary>x / RMS(x).</summary>
    public static torch.Tensor Norm(torch.Tensor x)
    {
        var wide = x.to(torch.float32);
        return (wide * wide.pow(Number.Of(2)).mean([-1], keepdim: true).add(Number.Of(1e-5), Number.One).rsqrt()).to(x.dtype);
    }

    private InputSource After(string norm, params Linear[] readers) => new(norm, Parameters[norm + ".weight"]) { Readers = readers };

    private torch.Tensor Attend(torch.Tensor x, Action<LinearGroup, torch.Tensor>? observe)
    {
        var parts = Apply(0, x, observe).Select(part => part.view(x.shape[0], x.shape[1], -1, HeadWidth).transpose(1, 2)).ToArray();
        if (KeyValues is { } scheme)
            parts = [parts[0], scheme.Round(Rotate(parts[1])), scheme.Round(parts[2])];
        else
            parts[1] = Rotate(parts[1]);
        long[] all = [x.shape[0], Heads, x.shape[1], HeadWidth];
        var mixed = functional.scaled_dot_product_attention(Rotate(parts[0]), parts[1].expand(all), parts[2].expand(all), is_casual: true);
        return Apply(1, mixed.transpose(1, 2).reshape(x.shape), observe)[0];
    }

    private torch.Tensor Feed(torch.Tensor x, Action<LinearGroup, torch.Tensor>? observe)
    {
        var parts = Apply(2, x, observe);
        return Apply(3, functional.silu(parts[0]) * parts[1], observe)[0];
    }

    private torch.Tensor[] Apply(int group, torch.Tensor input, Action<LinearGroup, torch.Tensor>? observe)
    {
        observe?.Invoke(Groups[group], input);
        return [.. Groups[group].Linears.Select(linear => linear.Forward(input))];
    }

    /// <summary>Rotary position embedding over the two halves of a head.</summary>
    private static torch.Tensor Rotate(torch.Tensor heads)
    {
        var frequencies = torch.pow(10000f,
            torch.arange(Number.Of(0), Number.Of(HeadWidth), Number.Of(2), dtype: torch.float32) / Number.Of(-HeadWidth));
        var angles = torch.outer(torch.arange(Number.Of(0), Number.Of(heads.shape[2]), Number.One, dtype: torch.float32), frequencies);
        var halves = heads.to(torch.float32).chunk(2, -1);
        var (cos, sin) = (angles.cos(), angles.sin());
        return torch.cat([halves[0] * cos - halves[1] * sin, (halves[1] * cos).add(halves[0] * sin, Number.One)], -1).to(heads.dtype);
    }
}
