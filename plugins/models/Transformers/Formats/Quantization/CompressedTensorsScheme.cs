using System.Globalization;
using System.Text.RegularExpressions;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>One of a checkpoint's groups of linears, and how their weights are quantized.</summary>
internal sealed record CompressedTensorsScheme
{
    private const string Expression = "re:";

    public required int Bits { get; init; }

    /// <summary>Whether codes are floats of 8 bits.</summary>
    public required bool IsFloat { get; init; }

    public required bool Symmetric { get; init; }

    /// <summary>tensor, channel or group.</summary>
    public required string Strategy { get; init; }

    /// <summary>Inputs that share a scale; null where a row does, or the whole matrix.</summary>
    public required int? GroupSize { get; init; }

    /// <summary>Names of linears, expressions after <c>re:</c>, or their class.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>How inputs are rounded; null where they are floats.</summary>
    public required CompressedTensorsInputs? Inputs { get; init; }

    /// <summary>Whether the checkpoint wants its inputs rounded in a way that is not known here.</summary>
    public required bool LeavesInputs { get; init; }

    private IReadOnlyList<Regex> Patterns { get; init; } = [];

    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"{Bits} bits{(IsFloat ? " (E4M3)" : "")}, "
            + $"{(GroupSize is { } size ? $"groups of {size}" : Strategy == "tensor" ? "one scale a matrix" : "one scale a row")}, "
            + $"{(Symmetric ? "symmetric" : "asymmetric")}{(Inputs is null ? "" : $", {Inputs.Description}")}");

    public static CompressedTensorsScheme Read(ConfigFields group)
    {
        var weights = group.Section("weights")
            ?? throw new LlmKickException($"'{group.Path}' has a group of linears without 'weights', which is not supported.");
        var (strategy, bits) = (weights.Text("strategy") ?? "tensor", weights.Need(weights.Size("num_bits"), "num_bits"));
        if (strategy is not ("tensor" or "channel" or "group"))
            throw new LlmKickException(
                $"'{group.Path}' has weights with a scale a '{strategy}', which is not supported; supported: tensor, channel, group.");
        var isFloat = weights.Text("type") == "float";
        if (isFloat ? bits != 8 : bits > 8)
            throw new LlmKickException($"'{group.Path}' has {(isFloat ? "floats" : "integers")} of {bits} bits, which is not supported; "
                + $"supported: integers of up to 8 bits, floats of 8.");
        var (targets, asked) = (group.Texts("targets") ?? [], group.Section("input_activations"));
        var inputs = asked is null || isFloat || strategy == "group" ? null : CompressedTensorsInputs.Read(asked);
        return new CompressedTensorsScheme
        {
            Bits = bits, IsFloat = isFloat, Symmetric = weights.Flag("symmetric") ?? true, Strategy = strategy,
            GroupSize = strategy == "group" ? weights.Need(weights.Size("group_size"), "group_size") : null,
            Targets = targets, Inputs = inputs, LeavesInputs = asked is not null && inputs is null,
            Patterns = [.. targets.Where(IsExpression).Select(target => ModulePattern.Read(group.Path, target[Expression.Length..]))],
        };
    }

    /// <summary>Whether the group names a linear, rather than its class.</summary>
    public bool Names(string module) => Targets.Contains(module) || Patterns.Any(pattern => pattern.IsMatch(module));

    private static bool IsExpression(string target) => target.StartsWith(Expression, StringComparison.Ordinal);
}
