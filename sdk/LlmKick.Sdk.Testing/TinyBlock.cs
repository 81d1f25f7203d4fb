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
        Linear Make(string name, int outputs, int inputs) => new(name, Random([outputs, inputs], dtype, random));
        torch.Tensor Ones() => torch.ones(TinyLlama.Width, dtype: dtype).DetachFromDisposeScope();
        Index = index;
        Norms = new Dictionary<string, torch.Tensor> { [AttentionNorm] = Ones(), [FeedForwardNorm] = Ones() };
        var (gate, up) = (Make("mlp.gate_proj", TinyLlama.Inner, TinyLlama.Width), Make("mlp.up_proj", TinyLlama.Inner, TinyLlama.Width));
        Groups =
        [
            new("self_attn.qkv", [Make("self_attn.q_proj", TinyLlama.Width, TinyLlama.Width), Make("self_attn.k_proj", HeadWidth, TinyLlama.Width), Make("self_attn.v_proj", HeadWidth, TinyLlama.Width)])
            {
                Source = new InputSource(AttentionNorm, Norms[AttentionNorm]),
                Part = input => Attend(input, null),
            },
            new("self_attn.o", [Make("self_attn.o_proj", TinyLlama.Width, TinyLlama.Width)]),
            new("mlp.gate_up", [gate, up]) { Source = new InputSource(FeedForwardNorm, Norms[FeedForwardNorm]), Part = input => Feed(input, null) },
            new("mlp.down", [Make("mlp.down_proj", TinyLlama.Width, TinyLlama.Inner)]) { Source = new InputSource(up.Name, up.Weight) },
        ];
    }

    public int Index { get; }

    public IReadOnlyList<LinearGroup> Groups { get; }

    public IReadOnlyDictionary<string, torch.Tensor> Norms { get; }

    public KeyValueScheme? KeyValues { get; set; }

    public int Forwards { get; private set; }

    public torch.Tensor Forward(torch.Tensor hidden, Action<LinearGroup, torch.Tensor>? observe = null)
    {
        Forwards++;
        using var scope = torch.NewDisposeScope();
        var attended = hidden.add(Attend(Norm(hidden) * Norms[AttentionNorm], observe), Number.One);
        return attended.add(Feed(Norm(attended) * Norms[FeedForwardNorm], observe), Number.One).MoveToOuterDisposeScope();
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
        var frequencies = torch.pow(10000f, torch.arange(Number.Of(0), Number.Of(HeadWidth), Number.Of(2), dtype: torch.float32) / Number.Of(-HeadWidth));
        var angles = torch.outer(torch.arange(Number.Of(0), Number.Of(heads.shape[2]), Number.One, dtype: torch.float32), frequencies);
        var halves = heads.to(torch.float32).chunk(2, -1);
        var (cos, sin) = (angles.cos(), angles.sin());
        return torch.cat([halves[0] * cos - halves[1] * sin, (halves[1] * cos).add(halves[0] * sin, Number.One)], -1).to(heads.dtype);
    }
}
