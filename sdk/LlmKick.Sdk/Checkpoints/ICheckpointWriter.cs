namespace LlmKick.Sdk.Checkpoints;

/// <summary>Writes models in one format. It lays them out; the files are written, whole or not at all, by
/// <see cref="CheckpointWriting.Write"/>.</summary>
public interface ICheckpointWriter
{
    /// <summary>The format.</summary>
    CheckpointFormat Format { get; }

    /// <summary>Lays a model out in the format. Values are read when files are written, so that one tensor is in memory at a time beside
    /// the model's own.</summary>
    /// <param name="model">The model, or a forecast of it: then its linears cannot be opened. It stays open until all is written.</param>
    /// <param name="settings">How it is to be written; the type is one of the format's.</param>
    /// <returns>The files, or why the format cannot hold the model.</returns>
    CheckpointDraft Draft(ICheckpointModel model, CheckpointSettings settings);
}
