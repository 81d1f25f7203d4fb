using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk.Reports;

/// <summary>A variant of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Compressors">Its compressors, in order; none of an untouched model.</param>
public sealed record VariantView(string Name, IReadOnlyList<CompressorView> Compressors)
{
    /// <summary>Share of zeros of the matrices that were pruned, 0 where none was; null where the variant failed.</summary>
    public double? Sparsity { get; init; }

    /// <summary>Bits a weight of the compressed matrices, scales, zeros and masks counted; null where the variant failed.</summary>
    public double? BitsPerWeight { get; init; }

    /// <summary>Bytes of all parameters; null where the variant failed.</summary>
    public long? Bytes { get; init; }

    /// <summary>Parameters that are not zero; null where the variant failed.</summary>
    public long? NonZeros { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What was measured on it.</summary>
    public IReadOnlyList<MeasurementView> Measurements { get; init; } = [];

    /// <summary>What each compressor did to each linear. Read from the run's folder each time that it is asked for.</summary>
    public IEnumerable<LayerView> Layers { get; init; } = [];

    /// <summary>What was measured in a task, or null.</summary>
    /// <param name="task">The task's name.</param>
    public MeasurementView? Find(string task) => Measurements.FirstOrDefault(one => one.Task == task);

    /// <summary>One of a task's metrics, or null.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="metric">The metric's name, with its group.</param>
    public Metric? Metric(string task, string metric) => Find(task)?.Metrics.FirstOrDefault(one => one.Name == metric);
}
