using System.Text;
using LlmKick.Transformers.Tokenization.Patterns;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Cuts where the script changes; Japanese's scripts count as one, and a space as whatever stands beside it.</summary>
internal sealed class ScriptSplitter : IPreTokenizer
{
    private const string Any = "";
    private const int LongVowel = 0x30FC;

    public void Split(Fragment text, Action<Fragment> onPiece)
    {
        var (start, last) = (0, Any);
        for (int at = 0, length; at < text.Length; at += length)
        {
            Rune.DecodeFromUtf16(text.Span[at..], out var rune, out length);
            var script = Script(rune);
            if (script != Any && last != Any && script != last)
            {
                onPiece(text.Slice(start, at - start));
                start = at;
            }
            if (script != Any)
                last = script;
        }
        if (start < text.Length)
            onPiece(text.Slice(start, text.Length - start));
    }

    private static string Script(Rune rune) => rune.Value switch
    {
        ' ' => Any,
        LongVowel => "Han",
        var point => UnicodeScripts.Names.FirstOrDefault(name => UnicodeScripts.Find(name)!.Contains(point)) switch
        {
            "Hiragana" or "Katakana" => "Han",
            null => "Unknown",
            var name => name,
        },
    };
}
