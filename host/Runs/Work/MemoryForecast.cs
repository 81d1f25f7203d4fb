using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Terminals;

namespace LlmKick.Runs.Work;

/// <summary>About what a variant takes in memory at its peak, known without loading the model; tasks and the program itself come on
/// top.</summary>
/// <param name="Weights">Bytes of the weights, with the codes of those that are quantized.</param>
/// <param name="Inputs">Bytes of the hidden states of the calibration data; what is beyond the budget lies in a file.</param>
/// <param name="Statistics">Bytes of Hessians, and of what the solver makes of the largest.</param>
/// <param name="Disk">Bytes in the run's folder at the peak: kept blocks, hidden states beyond the budget, and changed blocks of a model
/// that is streamed.</param>
internal sealed record MemoryForecast(long Weights, long Inputs, long Statistics, long Disk)
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
        var states = stages.Exists(method => method.Needs != InputStatistics.None) && variant.Spec.Calibration is { } data
            ? (long)data.Samples * data.Length * Width(places) * size : 0;
        var codesOf = places.ToDictionary(place => place, place => Codes(variant, place));
        var codes = codesOf.Values.Sum();
        // A quantized linear is kept as its codes, another as its values.
        var blocks = codesOf.Sum(row => row.Value > 0 ? row.Value : size * row.Key.Outputs * row.Key.Inputs);
        var changed = size * places.Sum(place => place.Outputs * place.Inputs) + codes;
        var held = variant.CreateLoader().HeldParameters(dataType, TorchSharp.torch.CPU);
        return new MemoryForecast(held is { } part ? size * part + places.GroupBy(place => place.Block)
                .Max(block => block.Sum(place => codesOf[place])) : size * variant.Model.ParameterCount + codes,
            Math.Min(CompressionContext.UsualActivationBudget, states),
            stages.Exists(method => method.Needs.HasFlag(InputStatistics.Hessian)) ? HessiansOf(places) : 0,
            stages.Count * blocks + Math.Max(0, states - CompressionContext.UsualActivationBudget)
                + (held is not null && stages.Count > 0 ? changed : 0));
    }

    /// <summary>Refuses what this machine's memory would not hold.</summary>
    /// <exception cref="LlmKickException">It would not: the message has both numbers.</exception>
    public static void Require(VariantPlan variant, DataType dataType)
    {
        if (Of(variant, dataType) is { } known && known.Bytes > MachineMemory.Bytes)
            throw new LlmKickException($"{variant.Name}: needs about {ByteCount.Format(known.Bytes)} of memory, and this process may use "
                + $"{ByteCount.Format(MachineMemory.Bytes)} (of the machine, its control group and its limits). Write 'weights: streamed' "
                + "in the model's options, 'dtype: bfloat16', or fewer or shorter calibration samples.");
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
