namespace LlmKick.Transformers.Configuration;

/// <summary>A setting of models, under whatever name a file has it.</summary>
/// <param name="Gguf">The end of its name in GGUF metadata, behind the architecture; null where GGUF files do not have it.</param>
/// <param name="Spellings">Its names in <c>config.json</c>, the usual one first.</param>
internal sealed record Key(string? Gguf, params IReadOnlyList<string> Spellings)
{
    /// <summary>The usual name.</summary>
    public string Name => Spellings[0];
}
