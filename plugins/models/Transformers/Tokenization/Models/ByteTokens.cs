using System.Globalization;
using System.Text;

namespace LlmKick.Transformers.Tokenization.Models;

/// <summary>The tokens &lt;0x00&gt; to &lt;0xFF&gt; that stand for characters without a token of their own.</summary>
internal sealed class ByteTokens
{
    private const int Missing = -1;

    private readonly int[] _ids;

    public ByteTokens(IReadOnlyDictionary<string, int> vocabulary) =>
        _ids = [.. Enumerable.Range(0, 256).Select(b => vocabulary.GetValueOrDefault(Name((byte)b), Missing))];

    public static string Name(byte value) => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");

    /// <summary>The byte that a token's text names.</summary>
    public static bool TryParse(string token, out byte value)
    {
        value = 0;
        return token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Adds the tokens of a text's bytes; nothing where one of them is missing.</summary>
    /// <returns>Whether they were added.</returns>
    public bool TryAdd(ReadOnlySpan<char> text, List<int> ids)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        if (Array.Exists(bytes, b => _ids[b] == Missing))
            return false;
        foreach (var value in bytes)
            ids.Add(_ids[value]);
        return true;
    }
}
