namespace LlmKick.Transformers;

/// <summary>Who says how tokens are chosen.</summary>
public enum GenerationSource
{
    /// <summary>The task alone.</summary>
    Task,

    /// <summary>The model's <c>generation_config.json</c> too, as its reference does even where the most probable token is taken.</summary>
    Model,
}
