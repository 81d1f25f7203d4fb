using System.Security.Cryptography;
using System.Text.Json;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>SHA-256 over all that decides a tokenizer's output.</summary>
internal static class TokenizerHash
{
    public static string Of(params object?[] parts)
    {
        using var stream = new MemoryStream();
        foreach (var part in parts)
        {
            JsonSerializer.Serialize(stream, part);
            stream.WriteByte((byte)'\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }
}
