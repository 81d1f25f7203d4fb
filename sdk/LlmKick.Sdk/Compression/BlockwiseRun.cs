using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>One run of the <see cref="BlockwisePass"/>.</summary>
internal sealed class BlockwiseRun(
    ITransformer model, InputStatistics needs, Action<LinearGroup, GroupStatistics, GroupContext> compress, CompressionContext context)
{
    private readonly CalibrationSet? _calibration = context.Calibration is { } all && needs == InputStatistics.None
        ? CalibrationBatches.Probe(all)
        : context.Calibration;

    public void Run()
    {
        var stored = Restore();
        var last = Array.FindLastIndex(stored, reports => reports is null);
        using var hidden = last >= 0 ? Embed() : null;
        for (var index = 0; index < model.BlockCount; index++)
        {
            using (torch.NewDisposeScope())
                Deliver(stored[index] is { } reports ? Pass(index, reports, hidden, last) : Compress(index, hidden, last));
            context.Progress?.Report(new ProgressUpdate("compress", index + 1, model.BlockCount, "block"));
        }
    }

    /// <summary>Puts stored blocks back first: only then is it known which inputs are needed at all.</summary>
    private IReadOnlyList<LinearReport>?[] Restore()
    {
        var stored = new IReadOnlyList<LinearReport>?[model.BlockCount];
        for (var index = 0; index < stored.Length; index++)
        {
            using var scope = torch.NewDisposeScope();
            using var block = model.Open(index);
            stored[index] = context.Store.TryRestore(block, out var reports) ? reports : null;
        }
        return stored;
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

    private IReadOnlyList<LinearReport> Pass(int index, IReadOnlyList<LinearReport> reports, HiddenStates? hidden, int last)
    {
        if (index >= last || hidden is null)
            return reports;
        using var block = model.Open(index);
        Propagate(block, hidden);
        return reports;
    }

    private List<LinearReport> Compress(int index, HiddenStates? hidden, int last)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        using var block = model.Open(index);
        var reports = new BlockCompression(block, needs, context.Seed).Run(hidden, _calibration?.Sequences.Count ?? 0, compress, context.CancellationToken);
        context.Store.Save(block, reports);
        if (index < last && hidden is not null)
            Propagate(block, hidden);
        return reports;
    }

    private void Propagate(IBlock block, HiddenStates hidden) => hidden.Replace(batch => block.Forward(batch), context.CancellationToken);

    private void Deliver(IReadOnlyList<LinearReport> reports)
    {
        foreach (var report in reports)
            context.Report(report);
    }
}
