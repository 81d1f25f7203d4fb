using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Reports;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Reports.Sections;

/// <summary>Shows plugins the results of a run.</summary>
internal static class RunViews
{
    /// <summary>The view. Samples and layers are read when they are asked for.</summary>
    public static RunView Of(RunResults run) => new(run.Name, [.. run.Tasks.Select(Task)], [.. run.Variants.Select(Variant)]);

    private static TaskView Task(TaskMeaning task) => new(task.Name, [.. task.Metrics.Select(metric =>
        new MetricDescription(metric.Name, metric.HigherIsBetter, metric.Chance, metric.Help) { ExponentialOf = metric.ExponentialOf })]);

    private static VariantView Variant(VariantResults variant) => new(variant.Name,
        [.. variant.Compressors.Select(one => new CompressorView(one.Name, one.Options.DeepClone().AsObject()))])
    {
        Sparsity = variant.Sparsity?.PrunedMatrices,
        BitsPerWeight = variant.Size?.BitsPerWeight,
        Bytes = variant.Size?.Bytes,
        NonZeros = variant.Size?.NonZeros,
        Error = variant.Error,
        Measurements = [.. variant.Tasks.Select(task => Measurement(variant.Origin, task))],
        Layers = Lines(variant.Origin.Folder.Layers(variant.Origin.Name)).Select(Layer),
    };

    private static MeasurementView Measurement(VariantOrigin origin, TaskResults task) => new(task.Name,
        [.. (task.Metrics ?? []).Select(metric => new Metric(metric.Name, metric.Value, metric.N, metric.Low, metric.High))])
    {
        Error = task.Error,
        Samples = Lines(origin.Folder.Samples(origin.Name, task.Name)).Select(Sample),
    };

    private static SampleView Sample(string line)
    {
        var stored = JsonSerializer.Deserialize<StoredSample>(line, RunJson.Line)!;
        return new SampleView(stored.Id, stored.Responses, stored.Scores, stored.Weight ?? 1, stored.Cluster);
    }

    private static LayerView Layer(string line)
    {
        var layer = JsonNode.Parse(line)!.AsObject();
        // Runs of before told the share of zeros alone.
        layer["zeros"] ??= (long)Math.Round((double)layer["sparsity"]!
            * layer["shape"]!.AsArray().Aggregate(1.0, (size, length) => size * (long)length!));
        return new LayerView((string)layer["compressor"]!, layer.Deserialize<LinearReport>(RunJson.Line)!);
    }

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path) : [];
}
