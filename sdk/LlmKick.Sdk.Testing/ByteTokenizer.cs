using System.Text;
using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Testing;

/// <summary>A tokenizer whose ids are the bytes of UTF-8; 256 begins a text and 257 ends one.</summary>
public sealed class ByteTokenizer : ITokenizer
{
    private const int Begin = 256;
    private const int End = 257;

    private ByteTokenizer() { }

    /// <summary>The one tokenizer; it holds nothing.</summary>
    public static ByteTokenizer Instance { get; } = new();

    /// <inheritdoc/>
    public int VocabularySize => End + 1;

    /// <inheritdoc/>
    public string Hash => "0000000000000000000000000000000000000000000000000000000000000258";

    /// <inheritdoc/>
    public int? BeginOfText => Begin;

    /// <inheritdoc/>
    public IReadOnlyList<int> EndOfText { get; } = [End];

    /// <inheritdoc/>
    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. addSpecial ? [Begin] : Array.Empty<int>(), .. Encoding.UTF8.GetBytes(text).Select(b => (int)b)];
    }

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Encoding.UTF8.GetString([.. ids.Where(id => !skipSpecial || !IsSpecial(id)).SelectMany(id => Bytes(id).ToArray())]);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Bytes(int id) => id switch
    {
        < 0 or > End => throw new ArgumentOutOfRangeException(nameof(id), id, $"Ids are 0 … {End}."),
        Begin => "<begin>"u8.ToArray(),
        End => "<end>"u8.ToArray(),
        _ => new[] { (byte)id },
    };

    /// <inheritdoc/>
    public bool IsSpecial(int id) => id is Begin or End;
}
