using Microsoft.Extensions.Logging;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>One run of the <see cref="BlockwisePass"/>.</summary>
internal sealed class BlockwiseRun(ITransformer model, PassPlan plan, CompressionContext context)
{
    private readonly CalibrationSet? _calibration = context.Calibration is { } all && plan.Needs == InputStatistics.None
        ? CalibrationBatches.Probe(all)
        : context.Calibration;
    private int _lostCodes;

    public void Run()
    {
        var stored = plan.Origin == InputOrigin.Original ? null : Restore();
        var last = Enumerable.Range(0, model.BlockCount)
            .LastOrDefault(index => stored is null ? !context.Store.Contains(index) : stored[index] is null, -1);
        using var hidden = last >= 0 ? Embed() : null;
        for (var index = 0; index < model.BlockCount; index++)
        {
            using (torch.NewDisposeScope())
                Deliver((stored is null ? PassUnchanged(index, hidden, last) : Pass(index, stored[index], hidden, last))
                    ?? Compress(index, hidden, last));
            context.Progress?.Report(new ProgressUpdate("compress", index + 1, model.BlockCount, "block"));
        }
        if (_lostCodes > 0)
            context.Logger.LogWarning("{Count} linears that an earlier step had quantized are floats again: their inputs were scaled, and "
                + "their grids could not take that over. Let one step quantize all linears that read the same input, or scale first.",
                _lostCodes);
    }

    /// <summary>Puts stored blocks back first: only then is it known which inputs are needed at all.</summary>
    private IReadOnlyList<LinearReport>?[] Restore()
    {
        var stored = new IReadOnlyList<LinearReport>?[model.BlockCount];
        for (var index = 0; index < stored.Length; index++)
        {
            using var scope = torch.NewDisposeScope();
            using var block = model.Open(index);
            stored[index] = Restore(block);
        }
        return stored;
    }

    private IReadOnlyList<LinearReport>? Restore(IBlock block)
    {
        if (!context.Store.TryRestore(block, out var reports))
            return null;
        block.Commit();
        return reports;
    }

    private HiddenStates? Embed()
    {
        if (_calibration is null)
            return null;
        var hidden = new HiddenStates(context.ActivationBudget, context.SpillFolder);
        try
        {
            foreach (var tokens in CalibrationBatches.Cut(_calibration, model.Device))
                using (tokens)
                    hidden.Add(model.Embed(tokens));
            return hidden;
        }
        catch
        {
            hidden.Dispose();
            throw;
        }
    }

    private IReadOnlyList<LinearReport>? Pass(int index, IReadOnlyList<LinearReport>? reports, HiddenStates? hidden, int last)
    {
        if (reports is null || index >= last || hidden is null)
            return reports;
        using var block = model.Open(index);
        Propagate(block, hidden);
        return reports;
    }

    /// <summary>Where inputs must not have passed compressed blocks, a stored block is put back only after they have passed it.</summary>
    private IReadOnlyList<LinearReport>? PassUnchanged(int index, HiddenStates? hidden, int last)
    {
        if (!context.Store.Contains(index))
            return null;
        using var block = model.Open(index);
        if (index < last && hidden is not null)
            Propagate(block, hidden);
        return Restore(block) ?? throw new LlmKickException(
            $"What was stored of block {index} is damaged: start the command again, and the block is made again.");
    }

    private List<LinearReport> Compress(int index, HiddenStates? hidden, int last)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        using var block = model.Open(index);
        var advance = plan.Origin == InputOrigin.Original && index < last;
        var reports = new BlockCompression(block, plan, model.BlockCount, context).Run(hidden, _calibration, advance);
        context.Store.Save(block, reports);
        block.Commit();
        if (!advance && index < last && hidden is not null)
            Propagate(block, hidden);
        return reports;
    }

    private void Propagate(IBlock block, HiddenStates hidden) => hidden.Replace(batch => block.Forward(batch), context.CancellationToken);

    private void Deliver(IReadOnlyList<LinearReport> reports)
    {
        _lostCodes += reports.Count(report => report.LostCodes);
        foreach (var report in reports)
            context.Report(report);
    }
}
