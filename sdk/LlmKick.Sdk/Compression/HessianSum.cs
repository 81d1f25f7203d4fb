using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Sums XᵀX over batches: on and right of the diagonal only, the rest is mirrored at the end.</summary>
internal sealed class HessianSum
{
    // Narrower products are slower than the half that they save; 8 bands do 56 % of the whole, more save little.
    private const long BandWidth = 128;
    private const long MostBands = 8;
    private readonly torch.Tensor _sum;
    private readonly long _columns;
    private readonly long _width;

    public HessianSum(long columns, torch.Device device)
    {
        _columns = columns;
        _width = Math.Max(BandWidth, (columns + MostBands - 1) / MostBands);
        _sum = torch.zeros(columns, columns, dtype: torch.float32, device: device);
    }

    /// <summary>What was added so far, on and right of the diagonal.</summary>
    public torch.Tensor Sum => _sum;

    /// <summary>Adds float32 rows [tokens, columns].</summary>
    public void Add(torch.Tensor rows)
    {
        for (long start = 0; start < _columns; start += _width)
        {
            var right = rows.narrow(1, start, _columns - start);
            var band = rows.narrow(1, start, Width(start));
            _sum.narrow(0, start, Width(start)).narrow(1, start, _columns - start).addmm_(band.t(), right);
        }
    }

    /// <summary>The whole matrix, times a factor.</summary>
    public torch.Tensor Finish(double factor)
    {
        using var scope = torch.NewDisposeScope();
        for (long start = 0; start < _columns; start += _width)
        {
            var (end, width) = (start + Width(start), Width(start));
            var above = _sum.narrow(0, start, width).narrow(1, end, _columns - end);
            _sum.narrow(0, end, _columns - end).narrow(1, start, width).copy_(above.t());
        }
        _sum.mul_(Number.Of(factor));
        return _sum;
    }

    private long Width(long start) => Math.Min(_width, _columns - start);
}
