namespace LlmKick.Sdk.Checkpoints;

/// <summary>What writing a model would come to.</summary>
/// <param name="Bytes">Bytes on disk, all files together; null where it is not known before the model is compressed, or where it is
/// refused.</param>
/// <param name="Faults">Why the format cannot hold the model as it is, each reason a sentence that says of which linears; empty where it
/// can.</param>
public sealed record CheckpointForecast(long? Bytes, IReadOnlyList<string> Faults)
{
    /// <summary>What will not be exactly as the model is measured or as the type's name says, each a sentence; see
    /// <see cref="CheckpointResult.Notes"/>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
