namespace LlmKick.Sdk.Models;

/// <summary>What decides a model's output, known without loading it.</summary>
/// <param name="ContentHash">SHA-256, in hex, of the weights and configuration.</param>
/// <param name="TokenizerHash">SHA-256, in hex, of the tokenizer.</param>
/// <param name="Name">A readable name.</param>
/// <param name="Files">The local files read, for reports.</param>
/// <param name="ParameterCount">All parameters, tied ones counted once.</param>
/// <param name="BlockCount">Decoder blocks.</param>
/// <param name="ContextLength">Tokens in the longest sequence.</param>
public sealed record ModelIdentity(string ContentHash, string TokenizerHash, string Name, IReadOnlyList<string> Files, long ParameterCount,
    int BlockCount, int ContextLength);
