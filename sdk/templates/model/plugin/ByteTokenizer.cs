using System.Security.Cryptography;
using System.Text;
using LlmKick.Sdk.Models;

namespace Contoso.Plugin_1;

/// <summary>Tokens are the bytes of UTF-8; there are no special ones.</summary>
public sealed class ByteTokenizer : ITokenizer
{
    private static readonly byte[] All = [.. Enumerable.Range(0, 256).Select(id => (byte)id)];

    /// <inheritdoc/>
    public int VocabularySize => All.Length;

    /// <inheritdoc/>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData("bytes"u8));

    /// <inheritdoc/>
    public int? BeginOfText => null;

    /// <inheritdoc/>
    public IReadOnlyList<int> EndOfText => [];

    /// <inheritdoc/>
    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true) =>
        [.. Encoding.UTF8.GetBytes(text).Select(value => (int)value)];

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false) =>
        Encoding.UTF8.GetString([.. ids.Select(id => Bytes(id).Span[0])]);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Bytes(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, All.Length);
        return All.AsMemory(id, 1);
    }

    /// <inheritdoc/>
    public bool IsSpecial(int id) => false;
}
