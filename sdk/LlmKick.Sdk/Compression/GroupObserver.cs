using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Gathers the statistics of one linear group's inputs, batch after batch.</summary>
/// <param name="group">The group.</param>
/// <param name="needs">What the method needs.</param>
/// <param name="place">Names the group in messages.</param>
/// <param name="device">Where the inputs are.</param>
internal sealed class GroupObserver(LinearGroup group, InputStatistics needs, string place, torch.Device device)
{
    private readonly OutputProbe _probe = new(group.Inputs, needs.HasFlag(InputStatistics.Hessian), device);
    private readonly torch.Tensor? _squares = needs.HasFlag(InputStatistics.ColumnSquares)
        ? torch.zeros(group.Inputs, dtype: torch.float32, device: device)
        : null;
    private readonly torch.Tensor? _largest = needs.HasFlag(InputStatistics.AbsMax)
        ? torch.zeros(group.Inputs, dtype: torch.float32, device: device)
        : null;
    private readonly List<torch.Tensor>? _inputs = needs.HasFlag(InputStatistics.Inputs) ? [] : null;
    private long _tokens;

    /// <summary>Takes a batch of inputs, […, inputs].</summary>
    public void Observe(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var rows = input.reshape(-1, group.Inputs);
        if (rows.shape[0] == 0)
            return;
        _tokens += rows.shape[0];
        _inputs?.Add(input.clone().DetachFromDisposeScope());
        _squares?.add_(rows.to(torch.float32).pow(Number.Of(2)).sum(dim: 0), Number.One);
        _largest?.copy_(_largest.maximum(rows.abs().amax([0]).to(torch.float32)));
        _probe.Add(rows);
    }

    /// <summary>The finished statistics of this many sequences.</summary>
    /// <exception cref="LlmKickException">An input was NaN or infinite.</exception>
    public GroupStatistics Finish(int sequences)
    {
        _squares?.div_(Number.Of(sequences));
        _inputs?.ForEach(input => torch.CurrentDisposeScope?.Attach(input));
        foreach (var seen in _probe.Finish(sequences).Append(_squares).Append(_largest).OfType<torch.Tensor>())
            RequireFinite(seen);
        return new GroupStatistics(place, needs.HasFlag(InputStatistics.Hessian), _probe) { Tokens = _tokens, Squares = _squares,
            Largest = _largest, AllInputs = _inputs, DeadCount = CountDead() };
    }

    /// <summary>Inputs that were zero in every token; null where there was none, or not all of them were looked at.</summary>
    private int? CountDead()
    {
        using var scope = torch.NewDisposeScope();
        var seen = _squares ?? _largest ?? (needs.HasFlag(InputStatistics.Hessian) ? _probe.Hessian!.diagonal() : null);
        return _tokens == 0 || seen is null ? null : (int)(group.Inputs - seen.count_nonzero().item<long>());
    }

    private void RequireFinite(torch.Tensor seen)
    {
        using var scope = torch.NewDisposeScope();
        if (!seen.isfinite().all().item<bool>())
            throw new LlmKickException($"The inputs of {place} ({string.Join(", ", group.Linears.Select(l => l.Name))}) are NaN or "
                + $"infinite on the calibration data. "
                + "Use a wider dtype (float32 or bfloat16 instead of float16), or check the model's weights.");
    }
}
