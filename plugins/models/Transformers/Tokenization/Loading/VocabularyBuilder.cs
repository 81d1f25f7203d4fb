using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Collects tokens and merges and checks that they fit together.</summary>
internal sealed class VocabularyBuilder(string path)
{
    // Eight times the largest known vocabulary: ids index lists, and a damaged one must not make it endless.
    private const int MostIds = 1 << 21;

    private readonly Dictionary<int, string> _texts = [];

    public Dictionary<string, int> Ids { get; } = new(StringComparer.Ordinal);

    public void Add(string token, long id)
    {
        if (id is < 0 or >= MostIds)
            throw Fault($"token '{token}' has the id {id}, outside 0 to {MostIds - 1}");
        if (!_texts.TryAdd((int)id, token))
            throw Fault($"the id {id} stands for both '{_texts[(int)id]}' and '{token}'");
        if (!Ids.TryAdd(token, (int)id))
            throw Fault($"token '{token}' has two ids, {Ids[token]} and {id}");
    }

    /// <summary>Adds a token whose text may be another's too; the last one is found by it.</summary>
    public void AddShared(string token, int id)
    {
        if (id >= MostIds)
            throw Fault($"it has more than {MostIds} tokens");
        _texts.Add(id, token);
        Ids[token] = id;
    }

    /// <summary>Adds a token that may already be in the vocabulary under the same id.</summary>
    public void AddOrMatch(string token, long id)
    {
        if (!Ids.TryGetValue(token, out var known))
            Add(token, id);
        else if (known != id)
            throw Fault($"the added token '{token}' has the id {id} but the vocabulary has it as {known}");
    }

    /// <summary>The least id beyond all.</summary>
    public int Next => _texts.Count == 0 ? 0 : _texts.Keys.Max() + 1;

    public string? TextOf(int id) => _texts.GetValueOrDefault(id);

    public bool Contains(int id) => _texts.ContainsKey(id);

    /// <summary>A merge of two tokens.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <param name="prefix">Length of what the second has in front where it does not begin a word.</param>
    public (int Left, int Right, int Merged) Merge(string left, string right, int prefix = 0) =>
        (Known(left), Known(right), Known(left + right[Math.Min(prefix, right.Length)..]));

    public (int Left, int Right, int Merged) Merge(string pair, int prefix = 0) =>
        pair.Split(' ') is [{ Length: > 0 } left, { Length: > 0 } right]
            ? Merge(left, right, prefix)
            : throw Fault($"the merge '{pair}' is not two tokens with a space between");

    public string?[] Texts()
    {
        var texts = new string?[Next];
        foreach (var (id, text) in _texts)
            texts[id] = text;
        return texts;
    }

    public LlmKickException Fault(string what) => new($"The tokenizer of '{path}' cannot be used: {what}.");

    private int Known(string token) => Ids.TryGetValue(token, out var id)
        ? id
        : throw Fault($"a merge needs the token '{token}', which is not in the vocabulary");
}
