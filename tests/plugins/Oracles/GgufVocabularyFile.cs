using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization;
using LlmKick.Transformers.Tokenization.Facts;
using LlmKick.Transformers.Tokenization.Gguf;

namespace LlmKick.Tests.Oracles;

/// <summary>GGUF files with a tokenizer and nothing else.</summary>
internal static class GgufVocabularyFile
{
    public static byte[] Of(TokenizerFacts facts)
    {
        GgufPair[] pairs = [GgufPair.Of("general.architecture", "llama"), .. TokenizerPairs.Of(facts)];
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write(0UL);
        writer.Write((ulong)pairs.Length);
        foreach (var pair in pairs)
            writer.Write(pair.Bytes);
        return memory.ToArray();
    }

    public static Pipeline Load(string path)
    {
        using var file = GgufFile.Open(path);
        return GgufTokenizer.Load(file);
    }
}
