using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Transformers.Export;

/// <summary>A format that models can be written in.</summary>
internal interface IExportForm
{
    CheckpointFormat Format { get; }

    /// <summary>Lays a model out in the format; values are read when files are written.</summary>
    /// <param name="model">The model, loaded or foreseen.</param>
    /// <param name="settings">How it is to be written; its type is one of the format's.</param>
    ExportDraft Draft(ExportedModel model, CheckpointSettings settings);
}
