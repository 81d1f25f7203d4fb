namespace LlmKick.Kick.Chat;

/// <summary>How a conversation is written for a model.</summary>
internal enum ChatForm
{
    /// <summary>By the special tokens that the model's tokenizer has; <see cref="Plain"/> where it has none that is known.</summary>
    Auto,

    /// <summary>`User:` and `Assistant:`, for models that were not trained for conversations.</summary>
    Plain,

    /// <summary>Vicuna v1.1 and later, as in the paper.</summary>
    Vicuna,

    /// <summary>ChatML: Qwen, SmolLM and others.</summary>
    Chatml,

    /// <summary>Llama 3.</summary>
    Llama3,
}
