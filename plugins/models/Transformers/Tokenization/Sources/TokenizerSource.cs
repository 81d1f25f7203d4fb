using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Tokenization.Gguf;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.SentencePiece;

namespace LlmKick.Transformers.Tokenization.Sources;

/// <summary>The tokenizer that belongs to a model's weights. What a configuration calls its class is not asked: published files name wrong
/// ones.</summary>
internal static class TokenizerSource
{
    private static readonly string[] SentencePieceNames = ["tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "spm.model"];

    private static readonly (string Name, string Kind)[] Others =
    [
        ("tekken.json", "Mistral's own form"), ("tiktoken.model", "a tiktoken vocabulary"), ("vocab.json", "the form of older versions"),
        ("vocab.txt", "the form of older versions"),
    ];

    public static ITokenizer Load(IWeightSource weights) => weights is GgufWeights gguf ? GgufTokenizer.Load(gguf.File)
        : Load(weights.Path);

    /// <summary>The tokenizer of a Hugging Face folder.</summary>
    public static Pipeline Load(string folder)
    {
        var settings = TokenizerSettings.Read(folder);
        if (File.Exists(Path.Combine(folder, TokenizerJson.FileName)))
            return TokenizerJson.Load(folder, settings);
        if (SentencePieceFileOf(folder) is { } path)
            return IsTiktoken(path) ? throw Missing(folder, ("tokenizer.model", "a tiktoken vocabulary"))
                : SentencePieceTokenizer.Load(path, settings);
        throw Missing(folder, Array.Find(Others, other => File.Exists(Path.Combine(folder, other.Name))));
    }

    /// <summary>A folder's SentencePiece model; null where there is none.</summary>
    public static string? SentencePieceFileOf(string folder) => SentencePieceNames.Select(name => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    private static LlmKickException Missing(string folder, (string Name, string Kind) other) => new(
        $"'{folder}' has no '{TokenizerJson.FileName}' and no SentencePiece model"
            + (other.Name is null ? "; give a folder with one (a 'fast' tokenizer)." : $", only '{other.Name}', {other.Kind}, which is not "
                + $"supported: save the tokenizer with transformers, which writes a '{TokenizerJson.FileName}'."));

    /// <summary>Such files share a name with SentencePiece's, and are lines of base64 with a rank.</summary>
    private static bool IsTiktoken(string path)
    {
        using var reader = new StreamReader(path);
        Span<char> buffer = stackalloc char[128];
        var start = buffer[..reader.ReadBlock(buffer)];
        var space = start.IndexOf(' ');
        return space > 0 && start[..space].IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") < 0
            && char.IsAsciiDigit(start[space + 1]);
    }
}
