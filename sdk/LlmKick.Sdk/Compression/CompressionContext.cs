using Microsoft.Extensions.Logging;

namespace LlmKick.Sdk.Compression;

/// <summary>What a compressor works with besides the model.</summary>
public sealed record CompressionContext
{
    /// <summary>512 MiB: the papers' 128 sequences of 2,048 tokens at a width of 1,024, in 16 bits.</summary>
    public const long UsualActivationBudget = 512L << 20;

    /// <summary>1 GiB: all of a dense block of 7B parameters, and half of one with 128 experts of 30B.</summary>
    public const long UsualStatisticsBudget = 1L << 30;

    /// <summary>The calibration set, or null where the recipe has none (then <see cref="ICompressor.Needs"/> was
    /// <see cref="InputStatistics.None"/>).</summary>
    public CalibrationSet? Calibration { get; init; }

    /// <summary>The variant's seed.</summary>
    public int Seed { get; init; }

    /// <summary>Keeps finished blocks, so that an interrupted compression goes on where it stopped.</summary>
    public IBlockStore Store { get; init; } = NoBlockStore.Instance;

    /// <summary>Told what became of each linear, in block order.</summary>
    public required Action<LinearReport> Report { get; init; }

    /// <summary>Told after each block, or null.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    /// <summary>Takes messages.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Bytes of activations kept in memory; beyond it they go to files in <see cref="SpillFolder"/>.</summary>
    /// <value><see cref="UsualActivationBudget"/>.</value>
    public long ActivationBudget { get; init; } = UsualActivationBudget;

    /// <summary>Bytes of Hessians kept at once: beyond it a block's groups are calibrated in turns, over the same inputs. A single group
    /// may take more.</summary>
    /// <value><see cref="UsualStatisticsBudget"/>.</value>
    public long StatisticsBudget { get; init; } = UsualStatisticsBudget;

    /// <summary>Bytes of Hessians that a block's calibration keeps at once.</summary>
    /// <param name="all">Of all groups of the block.</param>
    /// <param name="largest">Of the largest.</param>
    /// <param name="budget">As <see cref="StatisticsBudget"/>.</param>
    /// <returns>All where they fit the budget; else a quarter of it, or the largest.</returns>
    public static long StatisticsAtOnce(long all, long largest, long budget) => all <= budget ? all : Math.Max(largest, budget / 4);

    /// <summary>How experts are calibrated.</summary>
    public ExpertCalibration Experts { get; init; } = new();

    /// <summary>Where activations go that do not fit in memory.</summary>
    /// <value>The system's folder for temporary files.</value>
    public string SpillFolder { get; init; } = Path.GetTempPath();

    /// <summary>Stops between blocks and between batches.</summary>
    public CancellationToken CancellationToken { get; init; }
}
