using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>
/// The inputs that a change of outputs is measured on: as a Hessian, or as they are while they are fewer than a Hessian has rows, so that a
/// group takes no more memory than what it saw, an expert that few tokens reach least of all.
/// </summary>
/// <param name="inputs">Columns of the group's weights.</param>
/// <param name="wholeHessian">Whether the method needs the Hessian of all tokens; else the first
/// <see cref="CalibrationBatches.ProbeTokens"/> do.</param>
/// <param name="device">Where the inputs are.</param>
internal sealed class OutputProbe(long inputs, bool wholeHessian, torch.Device device)
{
    // Batches are shown inside scopes of their own: what outlives them belongs to the one that was open when the group's turn came.
    private readonly DisposeScope? _scope = torch.CurrentDisposeScope;
    private readonly List<torch.Tensor> _rows = [];
    private HessianSum? _sum = wholeHessian ? new HessianSum(inputs, device) : null;

    /// <summary>2/sequences · XᵀX once it is finished; null where the inputs are kept as they are.</summary>
    public torch.Tensor? Hessian { get; set; }

    /// <summary>Tokens looked at.</summary>
    public long Tokens { get; private set; }

    /// <summary>Takes float32 rows [tokens, inputs].</summary>
    public void Add(torch.Tensor rows)
    {
        var wanted = Math.Min(rows.shape[0], wholeHessian ? long.MaxValue : CalibrationBatches.ProbeTokens - Tokens);
        if (wanted <= 0)
            return;
        Tokens += wanted;
        var own = rows.narrow(0, 0, wanted);
        if (_sum is null && Tokens > inputs)
            Fold();
        if (_sum is null)
            _rows.Add(Keep(own.clone()));
        else
            _sum.Add(own);
    }

    /// <summary>The sums of squares, or the inputs: NaN or infinite where an input was.</summary>
    /// <param name="sequences">Sequences that were looked at.</param>
    public IEnumerable<torch.Tensor> Finish(int sequences)
    {
        Hessian = _sum?.Finish(2.0 / sequences);
        return Hessian is null ? _rows : [Hessian.diagonal()];
    }

    /// <summary>Σ (R·x)² over the inputs, but for a factor that is the same for all R.</summary>
    /// <param name="rows">float32 [rows, inputs].</param>
    public double Energy(torch.Tensor rows) => Hessian is { } hessian
        ? rows.mm(hessian).mul_(rows).sum(torch.float64).item<double>()
        : _rows.Sum(some => some.mm(rows.t()).pow(Number.Of(2)).sum(torch.float64).item<double>());

    /// <summary>Divides the inputs.</summary>
    /// <param name="scales">float32 [inputs].</param>
    public void Divide(torch.Tensor scales)
    {
        Hessian?.div_(scales).div_(scales.unsqueeze(1));
        _rows.ForEach(rows => rows.div_(scales));
    }

    private void Fold()
    {
        _sum = new HessianSum(inputs, device);
        Keep(_sum.Sum);
        foreach (var rows in _rows)
            using (rows)
                _sum.Add(rows);
        _rows.Clear();
    }

    private torch.Tensor Keep(torch.Tensor tensor)
    {
        tensor.DetachFromDisposeScope();
        _scope?.Attach(tensor);
        return tensor;
    }
}
