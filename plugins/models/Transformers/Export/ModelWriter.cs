using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Transformers.Export;

/// <summary>A format that models of this plugin can be written in: it knows their parts, which other models do not show.</summary>
internal abstract class ModelWriter : ICheckpointWriter
{
    public abstract CheckpointFormat Format { get; }

    public CheckpointDraft Draft(ICheckpointModel model, CheckpointSettings settings) => model is ExportedModel own
        ? Draft(own, settings)
        : CheckpointDraft.Refused($"the format {Format.Name} is written of models that the kind 'transformers' loads alone");

    /// <summary>Lays a model out in the format; values are read when files are written.</summary>
    /// <param name="model">The model, loaded or foreseen.</param>
    /// <param name="settings">How it is to be written; its type is one of the format's.</param>
    protected abstract CheckpointDraft Draft(ExportedModel model, CheckpointSettings settings);
}
