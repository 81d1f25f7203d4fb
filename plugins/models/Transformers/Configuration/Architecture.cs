namespace LlmKick.Transformers.Configuration;

/// <summary>How one architecture differs from the others of the decoder family: a row of a table, not a class.</summary>
internal sealed record Architecture
{
    /// <summary>As in <c>model_type</c> and <c>general.architecture</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether q, k and v have biases; null where the configuration says so.</summary>
    public bool? QkvBias { get; init; }

    /// <summary>Whether the attention's output has a bias; null where the configuration says so.</summary>
    public bool? OutputBias { get; init; }

    /// <summary>Whether the feed-forward linears have biases; null where the configuration says so.</summary>
    public bool? FeedForwardBias { get; init; }

    /// <summary>Keys of <c>config.json</c> that its reference does not compute with, beyond those of every model.</summary>
    public IReadOnlyList<string> IdleKeys { get; init; } = [];
}
