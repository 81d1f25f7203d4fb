using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using static TorchSharp.torch;

namespace LlmKick.Transformers;

/// <summary>
/// What goes from block to block where blocks are run one by one: the hidden states, and behind them whatever else later blocks need, which
/// are the tokens' embeddings for each block, the keys and values that later blocks look at too, and what a router leaves for the next.
/// </summary>
internal sealed class StateLayout
{
    private readonly int _width;
    private readonly int _inputs;
    private readonly int _blockCount;
    private readonly int _memory;
    private readonly List<(int Block, int Heads, int Width)> _kept = [];

    public StateLayout(ModelSpec spec)
    {
        (_width, _blockCount, _inputs) = (spec.StateWidth, spec.BlockCount, (spec.Ends.Tokens?.Width ?? 0) * spec.BlockCount);
        _memory = (spec.Block(0).Feed as Experts)?.Router.Mlp?.Inner ?? 0;
        if (_inputs == 0)
            return;
        for (var block = 0; block < spec.BlockCount; block++)
            if (spec.Block(block).Mixer is FullAttention { IsLookedAt: true, Kept: { } own })
                _kept.Add((block, own.Heads, own.KeyWidth));
    }

    /// <summary>Whether the state is more than the hidden states.</summary>
    public bool IsWider => _inputs > 0 || _kept.Count > 0 || _memory > 0;

    /// <summary>The state that enters block 0.</summary>
    public Tensor Begin(Tensor hidden, Tensor? inputs)
    {
        if (!IsWider)
            return hidden.alias();
        var rest = zeros([hidden.shape[0], hidden.shape[1], _kept.Sum(own => 2 * own.Heads * own.Width) + _memory], hidden.dtype,
            hidden.device);
        return cat([hidden, .. inputs is null ? [] : (Tensor[])[inputs.flatten(2)], rest], -1);
    }

    /// <summary>The hidden states of a state; what else is in it goes into the pass.</summary>
    public Tensor Open(Tensor state, ForwardPass pass)
    {
        if (!IsWider)
            return state;
        if (_inputs > 0)
            pass.BlockInputs = state.narrow(-1, _width, _inputs).unflatten(2, [_blockCount, _inputs / _blockCount]);
        var start = (long)_width + _inputs;
        foreach (var (block, heads, width) in _kept)
        {
            var size = heads * width;
            pass.Keep(block, Heads(state.narrow(-1, start, size), heads), Heads(state.narrow(-1, start + size, size), heads));
            start += 2 * size;
        }
        if (_memory > 0)
            pass.RouterState = state.narrow(-1, start, _memory);
        return state.narrow(-1, 0, _width).contiguous();
    }

    /// <summary>The state behind a block.</summary>
    public Tensor Close(Tensor hidden, Tensor before, ForwardPass pass)
    {
        if (!IsWider)
            return hidden;
        var kept = _kept.SelectMany(own => new[] { pass.Kept[own.Block].Keys.flatten(2), pass.Kept[own.Block].Values.flatten(2) });
        var memory = _memory == 0 ? [] : (Tensor[])[pass.RouterState!.view(hidden.shape[0], hidden.shape[1], _memory)];
        return cat([hidden, before.narrow(-1, _width, _inputs), .. kept, .. memory], -1);
    }

    private static Tensor Heads(Tensor numbers, int heads) => numbers.unflatten(2, [heads, numbers.shape[^1] / heads]);
}
