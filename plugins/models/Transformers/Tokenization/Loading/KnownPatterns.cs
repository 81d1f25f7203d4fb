namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Patterns that are known to have been published by mistake.</summary>
internal static class KnownPatterns
{
    /// <summary>Mistral's files of 2025 have this one in the place of Tekken's, which cuts at capitals.</summary>
    private const string MistralMistake =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public static string? Remark(TokenizerElement file) => Patterns(file.Optional("pre_tokenizer")).Contains(MistralMistake)
        ? $"'{file.Path}' has the pattern that Mistral published by mistake; it is followed as it stands, and the makers' own tool cuts "
            + $"some words otherwise."
        : null;

    private static IEnumerable<string> Patterns(TokenizerElement? part) => part?.Type switch
    {
        "Sequence" => part.Required("pretokenizers").Items().SelectMany(Patterns),
        "Split" when part.Required("pattern").Optional("Regex") is { } pattern => [pattern.AsText()],
        _ => [],
    };
}
