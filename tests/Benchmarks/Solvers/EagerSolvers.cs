using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Benchmarks.Solvers;

/// <summary>The methods as their reference code writes them: sorting for thresholds, one column at a time, an operation a step.</summary>
internal static class EagerSolvers
{
    public static void Magnitude(torch.Tensor weight, double sparsity)
    {
        using var scope = torch.NewDisposeScope();
        var metric = weight.abs();
        var threshold = metric.flatten().sort().Values[(long)(weight.numel() * sparsity)];
        weight.masked_fill_(metric.le(threshold), Number.Of(0));
    }

    public static void Wanda(torch.Tensor weight, torch.Tensor columnSquares, double sparsity)
    {
        using var scope = torch.NewDisposeScope();
        var metric = weight.abs() * columnSquares.reshape(1, -1).sqrt();
        var order = metric.sort(dim: -1, stable: true).Indices.narrow(1, 0, (long)(weight.shape[1] * sparsity));
        var mask = torch.zeros_like(weight, dtype: torch.@bool).scatter_(1, order, torch.ones_like(order, dtype: torch.@bool));
        weight.masked_fill_(mask, Number.Of(0));
    }

    public static void SparseGpt(torch.Tensor weight, torch.Tensor hessian, double sparsity, double damping = 0.01, int blockSize = 128)
    {
        using var scope = torch.NewDisposeScope();
        var upper = InverseFactor(hessian.clone(), damping);
        var columns = (int)weight.shape[1];
        for (var start = 0; start < columns; start += blockSize)
        {
            using var blockScope = torch.NewDisposeScope();
            var width = Math.Min(blockSize, columns - start);
            var errors = Block(weight.narrow(1, start, width), upper.narrow(0, start, width).narrow(1, start, width), sparsity);
            var rest = columns - start - width;
            if (rest > 0)
                weight.narrow(1, start + width, rest).sub_(errors.mm(upper.narrow(0, start, width).narrow(1, start + width, rest)));
        }
    }

    private static torch.Tensor Block(torch.Tensor weight, torch.Tensor upper, double sparsity)
    {
        var width = weight.shape[1];
        var work = weight.clone();
        var (result, errors) = (torch.zeros_like(work), torch.zeros_like(work));
        var scores = work.pow(Number.Of(2)) / upper.diagonal().reshape(1, -1).pow(Number.Of(2));
        var mask = scores.le(scores.flatten().sort().Values[(long)(scores.numel() * sparsity)]);
        for (var column = 0; column < width; column++)
        {
            using var step = torch.NewDisposeScope();
            var values = work.select(1, column);
            var kept = values.clone();
            kept.masked_fill_(mask.select(1, column), Number.Of(0));
            result.select(1, column).copy_(kept);
            var error = (values - kept) / upper[column, column];
            work.narrow(1, column, width - column)
                .sub_(error.unsqueeze(1).mm(upper[column].narrow(0, column, width - column).unsqueeze(0)));
            errors.select(1, column).copy_(error);
        }
        weight.copy_(result);
        return errors;
    }

    private static torch.Tensor InverseFactor(torch.Tensor hessian, double damping)
    {
        var diagonal = hessian.diagonal();
        diagonal.masked_fill_(diagonal.eq(Number.Of(0)), Number.Of(1));
        diagonal.add_(diagonal.mean() * Number.Of(damping), Number.One);
        return torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(hessian))).t().contiguous();
    }
}
