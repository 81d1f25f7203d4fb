using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>
/// The inputs that a change of outputs is measured on: as a Hessian, or as they are while they are fewer than a Hessian has rows, so that a
/// group takes no more memory, and its measure no more time, than what it saw: an expert that few tokens reach least of all.
/// </summary>
/// <param name="inputs">Columns of the group's weights.</param>
/// <param name="wholeHessian">Whether the method needs the Hessian of all tokens. Changes are measured on it unless it is wider than
/// <see cref="CalibrationBatches.ProbeTokens"/>; elsewhere on that many of the first tokens.</param>
/// <param name="device">Where the inputs are.</param>
internal sealed class OutputProbe(long inputs, bool wholeHessian, torch.Device device)
{
    // Batches are shown inside scopes of their own: what outlives them belongs to the one that was open when the group's turn came.
    private readonly DisposeScope? _scope = torch.CurrentDisposeScope;
    private readonly bool _measuresOnWhole = wholeHessian && inputs <= CalibrationBatches.ProbeTokens;
    private readonly List<torch.Tensor> _rows = [];
    private HessianSum? _sum = wholeHessian ? new HessianSum(inputs, device) : null;

    /// <summary>2/sequences · XᵀX once it is finished; null where only the inputs are kept.</summary>
    public torch.Tensor? Hessian { get; set; }

    /// <summary>Tokens that changes are measured on.</summary>
    public long Tokens { get; private set; }

    /// <summary>Takes rows [tokens, inputs] in the model's dtype.</summary>
    public void Add(torch.Tensor rows)
    {
        if (wholeHessian)
            _sum!.Add(rows.to(torch.float32));
        var wanted = Math.Min(rows.shape[0], _measuresOnWhole ? long.MaxValue : CalibrationBatches.ProbeTokens - Tokens);
        if (wanted <= 0)
            return;
        Tokens += wanted;
        if (_measuresOnWhole)
            return;
        var own = rows.narrow(0, 0, wanted);
        if (_sum is null && Tokens > inputs)
            Fold();
        if (_sum is null || wholeHessian)
            _rows.Add(Keep(own.to(own.dtype == torch.bfloat16 ? torch.bfloat16 : torch.float32, copy: true)));
        else
            _sum.Add(own.to(torch.float32));
    }

    /// <summary>The sums of squares, or the inputs: NaN or infinite where an input was.</summary>
    /// <param name="sequences">Sequences that were looked at.</param>
    public IEnumerable<torch.Tensor> Finish(int sequences)
    {
        Hessian = _sum?.Finish(2.0 / sequences);
        return Hessian is null ? _rows : [.. _rows, Hessian.diagonal()];
    }

    /// <summary>Σ (R·x)² over the inputs, but for a factor that is the same for all R. Inputs of a bfloat16 model meet R in bfloat16, as
    /// they meet its weights.</summary>
    /// <param name="rows">float32 [rows, inputs].</param>
    public double Energy(torch.Tensor rows) => _rows.Count > 0
        ? _rows.Sum(some => some.mm(rows.to(some.dtype).t()).to(torch.float32).pow(Number.Of(2)).sum(torch.float64).item<double>())
        : rows.mm(Hessian!).mul_(rows).sum(torch.float64).item<double>();

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
                _sum.Add(rows.to(torch.float32));
        _rows.Clear();
    }

    private torch.Tensor Keep(torch.Tensor tensor)
    {
        tensor.DetachFromDisposeScope();
        _scope?.Attach(tensor);
        return tensor;
    }
}
