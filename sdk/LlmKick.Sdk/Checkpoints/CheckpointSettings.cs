using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Checkpoints;

/// <summary>How a model is to be written.</summary>
public sealed record CheckpointSettings
{
    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    /// <summary>One of the format's types.</summary>
    /// <value>The format's first.</value>
    public string? Type { get; init; }

    /// <summary>Bytes of a file of a folder; a larger model is split.</summary>
    /// <value>5 GB.</value>
    public long ShardBytes { get; init; } = 5_000_000_000;

    /// <summary>Whether linears that the format cannot hold as they are, are stored dense instead of being refused.</summary>
    public bool KeepDense { get; init; }

    /// <summary>Whether linears whose rows the type's blocks do not fill are refused, instead of being stored in another type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OneType { get; init; }

    /// <summary>How folders have the experts of a layer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ExpertLayout Layout { get; init; }
}
