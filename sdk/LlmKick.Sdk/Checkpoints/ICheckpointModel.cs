namespace LlmKick.Sdk.Checkpoints;

/// <summary>A model as formats see it: all tensors by name, how linears are stored, and what lies beside the weights.</summary>
public interface ICheckpointModel : IDisposable
{
    /// <summary>A readable name.</summary>
    string Name { get; }

    /// <summary>Its tensors, in the model's order.</summary>
    IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <summary>What lies beside the weights in a Hugging Face folder: <c>config.json</c>, tokenizer, chat template. Made when it is asked
    /// for.</summary>
    /// <value>None.</value>
    IReadOnlyList<CheckpointFile> Files => [];

    /// <summary>What no format says of the model, each a sentence: it is told with every checkpoint.</summary>
    /// <value>None.</value>
    IReadOnlyList<string> Notes => [];
}
