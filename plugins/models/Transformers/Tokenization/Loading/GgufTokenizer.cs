using System.Text;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Bpe;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Builds a tokenizer from the metadata of a GGUF file.</summary>
internal static class GgufTokenizer
{
    private const string Prefix = "tokenizer.ggml.";
    private const string ChatTemplateKey = "tokenizer.chat_template";
    private const string DefaultPre = "default";

    public static BpeTokenizer Load(GgufFile file)
    {
        var metadata = file.Metadata;
        var vocabulary = new VocabularyBuilder(file.Path);
        CheckModel(metadata, vocabulary);
        var pre = PreTokenizer(metadata, vocabulary);
        var tokens = Require(metadata, metadata.Texts, "tokens");
        for (var id = 0; id < tokens.Count; id++)
            vocabulary.Add(tokens[id], id);
        var merges = Require(metadata, metadata.Texts, "merges");
        var added = GgufAddedTokens.Read(metadata, tokens, vocabulary);
        var (prefix, suffix) = Ends(metadata, vocabulary, pre, tokens.Count);
        return new BpeTokenizer(new TokenizerDefinition
        {
            Tokens = tokens,
            Bytes = Bytes(tokens, added),
            Model = new BpeModel(vocabulary.Ids, new BpeMerges([.. merges.Select(vocabulary.Merge)]), pre.IgnoreMerges),
            Splitter = new TextSplitter(pre.Rules),
            Added = added,
            Prefix = prefix,
            Suffix = suffix,
            EndOfText = [.. new[] { "eos", "eot", "eom" }.Select(name => Id(metadata, vocabulary, name, tokens.Count)).OfType<int>().Distinct()],
            ChatTemplate = metadata.Text(ChatTemplateKey),
            Hash = TokenizerHash.Of("gguf", pre.Name, tokens, merges, added, prefix, suffix, metadata.Text(ChatTemplateKey)),
        });
    }

    private static void CheckModel(GgufMetadata metadata, VocabularyBuilder vocabulary)
    {
        var model = Require(metadata, metadata.Text, "model");
        if (model != "gpt2")
            throw vocabulary.Fault($"its model is '{model}', and only 'gpt2' (byte-level BPE) is supported");
    }

    private static GgufPreTokenizer PreTokenizer(GgufMetadata metadata, VocabularyBuilder vocabulary)
    {
        var name = metadata.Text(Prefix + "pre") ?? DefaultPre;
        return SplitRules.FindGguf(name)
            ?? throw vocabulary.Fault($"its pre-tokenizer '{name}' is not supported; supported: {SplitRules.KnownGgufNames}");
    }

    private static (int[] Prefix, int[] Suffix) Ends(GgufMetadata metadata, VocabularyBuilder vocabulary, GgufPreTokenizer pre, int count)
    {
        var begin = metadata.Flag(Prefix + "add_bos_token") ?? pre.AddBegin;
        var end = metadata.Flag(Prefix + "add_eos_token") ?? false;
        return (begin ? [RequireId("bos")] : [], end ? [RequireId("eos")] : []);

        int RequireId(string name) => Id(metadata, vocabulary, name, count) ?? throw metadata.Missing($"{Prefix}{name}_token_id");
    }

    private static int? Id(GgufMetadata metadata, VocabularyBuilder vocabulary, string name, int count) =>
        metadata.Integer($"{Prefix}{name}_token_id") switch
        {
            null => null,
            >= 0 and var id when id < count => (int)id,
            var id => throw vocabulary.Fault($"its {name} token has the id {id}, outside the vocabulary of {count}"),
        };

    /// <summary>Added tokens are spelled as they are, all others in the byte alphabet.</summary>
    private static byte[][] Bytes(IReadOnlyList<string> tokens, IReadOnlyList<AddedToken> added)
    {
        var bytes = tokens.Select(ByteAlphabet.Decode).ToArray();
        foreach (var token in added)
            bytes[token.Id] = Encoding.UTF8.GetBytes(token.Content);
        return bytes;
    }

    private static T Require<T>(GgufMetadata metadata, Func<string, T?> read, string key) where T : class =>
        read(Prefix + key) ?? throw metadata.Missing(Prefix + key);
}
