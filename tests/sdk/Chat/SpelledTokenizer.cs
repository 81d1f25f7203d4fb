using System.Text;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Chat;

/// <summary>Each UTF-16 unit is a token, and so is each special token that is spelled in a text; the first may be put in front of
/// texts.</summary>
internal sealed class SpelledTokenizer(params string[] special) : ITokenizer
{
    private const int First = char.MaxValue + 1;

    public bool PutsFirstInFront { get; init; }

    public ChatTemplateSet ChatTemplates { get; init; } = ChatTemplateSet.None;

    public string? ChatTemplate => ChatTemplates.Main;

    public IReadOnlyDictionary<string, string> SpecialTokens => special.Length == 0 ? new()
        : new Dictionary<string, string> { ["bos_token"] = special[0], ["eos_token"] = special[^1] };

    public int VocabularySize => First + special.Length;

    public string Hash => string.Join(' ', special);

    public int? BeginOfText => PutsFirstInFront ? First : null;

    public IReadOnlyList<int> EndOfText => [];

    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true)
    {
        List<int> ids = addSpecial && PutsFirstInFront ? [First] : [];
        for (var i = 0; i < text.Length;)
        {
            var found = Array.FindIndex(special, token => text.AsSpan(i).StartsWith(token, StringComparison.Ordinal));
            ids.Add(found < 0 ? text[i] : First + found);
            i += found < 0 ? 1 : special[found].Length;
        }
        return [.. ids];
    }

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false) =>
        string.Concat(ids.Select(id => IsSpecial(id) ? skipSpecial ? "" : special[id - First] : ((char)id).ToString()));

    public ReadOnlyMemory<byte> Bytes(int id) => Encoding.UTF8.GetBytes(Decode([id]));

    public bool IsSpecial(int id) => id >= First;
}
