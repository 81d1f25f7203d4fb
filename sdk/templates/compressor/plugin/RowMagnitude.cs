using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;
using TorchSharp;

namespace Contoso.Plugin_1;

/// <summary>What <c>llmkick</c> finds: one public class that names everything the assembly offers.</summary>
public sealed class Plugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddCompressor<RowMagnitudeOptions>("contoso-plugin", "Removes the smallest weights of each row. Needs no calibration.",
            options => new RowMagnitude(options));
        registry.AddReportSection("contoso-plugin", "How far the weights of each block moved.", BlockErrors.Make);
    }
}

/// <summary>What recipes can say: checked before anything is loaded, listed by <c>llmkick list</c>.</summary>
public sealed record RowMagnitudeOptions
{
    /// <summary>Share of each row's weights removed.</summary>
    [Option("Share of each row's weights to remove; higher is smaller and worse.", Min = 0, Max = 0.99, InName = true,
        Role = OptionRole.Axis)]
    public double Sparsity { get; init; } = 0.5;
}

/// <summary>Magnitude pruning within each row: every output keeps its largest weights, so that none is left without inputs.</summary>
/// <param name="options">How much to remove.</param>
public sealed class RowMagnitude(RowMagnitudeOptions options) : LinearCompressor
{
    /// <summary>Weights alone decide. A method that looks at activations asks for statistics here, such as ColumnSquares.</summary>
    public override InputStatistics Needs => InputStatistics.None;

    /// <inheritdoc/>
    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        var removed = (long)(options.Sparsity * group.Inputs);
        foreach (var linear in group.Linears)
        {
            using var scope = torch.NewDisposeScope();          // frees what follows: the garbage collector does not see tensors
            var (values, places) = linear.Weight.abs().topk((int)removed, dim: 1, largest: false);      // both [outputs, removed]
            linear.Replace(linear.Weight.scatter(1, places, torch.zeros_like(values)), new PrunedEncoding(Pattern: null));
        }
    }
}
