namespace LlmKick.Kick.Chat;

/// <summary>How a conversation is written for a model.</summary>
internal enum ChatForm
{
    /// <summary>
    /// As the model's own template does, where it is of a known family; where it has none, by the tokenizer's special tokens, and
    /// <see cref="Plain"/> where those tell nothing.
    /// </summary>
    Auto,

    /// <summary>`User:` and `Assistant:`, for models that were not trained for conversations.</summary>
    Plain,

    /// <summary>Vicuna v1.1 and later, as in the paper.</summary>
    Vicuna,

    /// <summary>ChatML: Qwen, SmolLM and others.</summary>
    Chatml,

    /// <summary>Llama 3.</summary>
    Llama3,

    /// <summary>Llama 3.1 and 3.2, with the dates that their system message begins with.</summary>
    Llama31,

    /// <summary>Llama 2.</summary>
    Llama2,

    /// <summary>Gemma.</summary>
    Gemma,

    /// <summary>Mistral 7B v0.2.</summary>
    Mistral,

    /// <summary>Mistral 7B v0.3.</summary>
    MistralV3,

    /// <summary>Phi 3.</summary>
    Phi3,

    /// <summary>Zephyr.</summary>
    Zephyr,
}
