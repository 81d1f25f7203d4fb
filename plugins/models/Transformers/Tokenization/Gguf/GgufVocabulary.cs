using LlmKick.Sdk.Templates;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Normalizing;
using LlmKick.Transformers.Tokenization.SentencePiece;

namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>The tokens of a GGUF file with their scores and kinds, and what the file says of its text's ends.</summary>
internal sealed class GgufVocabulary
{
    public const string Prefix = "tokenizer.ggml.";

    private const string ChatKey = "tokenizer.chat_template";

    private readonly GgufMetadata _metadata;
    private readonly VocabularyBuilder _builder;

    public GgufVocabulary(GgufFile file)
    {
        (_metadata, _builder) = (file.Metadata, new VocabularyBuilder(file.Path));
        Model = Require(_metadata.Text, "model");
        Tokens = Require(_metadata.Texts, "tokens");
        for (var id = 0; id < Tokens.Count; id++)
            _builder.Add(Tokens[id], id);
        Kinds = [.. Lists(_metadata.Integers, "token_type", 1).Select(kind => (PieceKind)kind)];
        Scores = Lists(_metadata.Floats, "scores", 0f);
        if (!Scores.All(float.IsFinite))
            throw _builder.Fault($"'{Prefix}scores' has an entry that is not finite");
        ChatTemplate = _metadata.Text(ChatKey);
    }

    public string Model { get; }

    public IReadOnlyList<string> Tokens { get; }

    public IReadOnlyList<PieceKind> Kinds { get; }

    public IReadOnlyList<float> Scores { get; }

    public string? ChatTemplate { get; }

    /// <summary>The chat template, as the default beside others where keys name them: <c>tokenizer.chat_template.NAME</c>.</summary>
    public ChatTemplateSet ChatTemplates
    {
        get
        {
            var named = _metadata.Keys.Where(key => key.StartsWith(ChatKey + ".", StringComparison.Ordinal))
                .ToDictionary(key => key[(ChatKey.Length + 1)..], key => _metadata.Text(key)!);
            if (named.Count == 0)
                return ChatTemplateSet.Of(ChatTemplate);
            if (ChatTemplate is not null)
                named.TryAdd("default", ChatTemplate);
            return ChatTemplateSet.Of(named);
        }
    }

    public VocabularyBuilder Builder => _builder;

    public string? Text(string key) => _metadata.Text(Prefix + key);

    public bool? Flag(string key) => _metadata.Flag(Prefix + key);

    public IReadOnlyList<string> Merges => Require(_metadata.Texts, "merges");

    public byte[] Charsmap => _metadata.Bytes(Prefix + "precompiled_charsmap") ?? [];

    /// <summary>The model's name in small letters.</summary>
    public string Name => _metadata.Text("general.name")?.ToLowerInvariant() ?? "";

    /// <summary>The id of a role such as <c>bos</c>.</summary>
    public int? Id(string role, int? absent = null) => _metadata.Integer($"{Prefix}{role}_token_id") switch
    {
        null => absent < Tokens.Count ? absent : null,
        >= 0 and var id when id < Tokens.Count => (int)id,
        var id => throw _builder.Fault($"its {role} token has the id {id}, outside the vocabulary of {Tokens.Count}"),
    };

    /// <summary>Id of a role that has to be there.</summary>
    public int RequireId(string role, int? absent = null) => Id(role, absent) ?? throw _metadata.Missing($"{Prefix}{role}_token_id");

    private IReadOnlyList<T> Lists<T>(Func<string, T[]?> read, string key, T absent)
    {
        var list = read(Prefix + key) ?? [.. Enumerable.Repeat(absent, Tokens.Count)];
        return list.Length == Tokens.Count ? list
            : throw _builder.Fault($"it has {Tokens.Count} tokens but {list.Length} entries in '{Prefix}{key}'");
    }

    private T Require<T>(Func<string, T?> read, string key) where T : class => read(Prefix + key) ?? throw _metadata.Missing(Prefix + key);
}
