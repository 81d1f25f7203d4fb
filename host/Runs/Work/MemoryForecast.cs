using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Work;

/// <summary>About what a variant takes in memory at its peak, known without loading the model; tasks and the program itself come on
/// top.</summary>
/// <param name="Weights">Bytes of the weights, with the codes of those that are quantized.</param>
/// <param name="Inputs">Bytes of the hidden states of the calibration data; what is beyond the budget lies in a file.</param>
/// <param name="Statistics">Bytes of Hessians, and of what the solver makes of the largest.</param>
internal sealed record MemoryForecast(long Weights, long Inputs, long Statistics)
{
    // A solver holds the damped Hessian, its inverse and the factor; of the weights those before, those it works on, and what is kept.
    private const int Copies = 3;

    /// <summary>All of it.</summary>
    public long Bytes => Weights + Inputs + Statistics;

    /// <summary>What is known of a variant; null where its model's plugin does not list linears beforehand.</summary>
    public static MemoryForecast? Of(VariantPlan variant, DataType dataType)
    {
        var places = new List<LinearPlace>();
        using var listed = SavePlan.Source(variant)?.Foresee(place =>
        {
            places.Add(place);
            return LinearForecast.Untouched;
        });
        if (places.Count == 0)
            return null;
        var size = dataType == DataType.Float32 ? sizeof(float) : sizeof(ushort);
        var stages = variant.Spec.Stages.Select(stage => (ICompressor)stage.Component.Create(stage.Options)).ToList();
        return new MemoryForecast(size * variant.Model.ParameterCount + places.Sum(place => Codes(variant, place)),
            stages.Exists(method => method.Needs != InputStatistics.None) && variant.Spec.Calibration is { } data
                ? Math.Min(CompressionContext.UsualActivationBudget, (long)data.Samples * data.Length * Width(places) * size) : 0,
            stages.Exists(method => method.Needs.HasFlag(InputStatistics.Hessian)) ? HessiansOf(places) : 0);
    }

    private static long Codes(VariantPlan variant, LinearPlace place) =>
        SavePlan.Foresee(variant, place)?.Encoding is QuantizedEncoding { Bits: var bits }
            ? place.Outputs * place.Inputs * (bits > 8 ? sizeof(int) : 1) : 0;

    /// <summary>Numbers of a hidden state: what most blocks' first linear reads.</summary>
    private static long Width(List<LinearPlace> places) =>
        places.GroupBy(place => place.Block).Select(block => block.First().Inputs).GroupBy(width => width).MaxBy(same => same.Count())!.Key;

    private static long HessiansOf(List<LinearPlace> places) => places.GroupBy(place => place.Block).Max(block =>
    {
        var groups = block.GroupBy(place => (place.Expert, Shared(place))).Select(group => (Hessian: Hessian(group.First().Inputs),
            Weights: sizeof(float) * group.Sum(place => place.Outputs * place.Inputs))).ToList();
        var (all, largest) = (groups.Sum(group => group.Hessian), groups.Max(group => group.Hessian));
        return CompressionContext.StatisticsAtOnce(all, largest, CompressionContext.UsualStatisticsBudget)
            + Copies * groups.Max(group => group.Hessian + group.Weights);
    });

    private static long Hessian(long inputs) => sizeof(float) * inputs * inputs;

    /// <summary>Tells linears that read one input from others, as far as their roles do.</summary>
    private static string Shared(LinearPlace place) => place.Role switch
    {
        LinearRole.Query or LinearRole.Key or LinearRole.Value => nameof(LinearRole.Query),
        LinearRole.Gate or LinearRole.Up => nameof(LinearRole.Up),
        _ => place.Name,
    };
}
