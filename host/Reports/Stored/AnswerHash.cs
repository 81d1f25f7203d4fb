using System.Text.Json;

namespace LlmKick.Reports.Stored;

/// <summary>Hashes a sample's answers: the text that was written, or which continuation was the most probable (FNV-1a, Fowler, Noll,
/// Vo).</summary>
internal static class AnswerHash
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The hash of a list of responses at which a reader stands; 0 where none is an answer.</summary>
    public static ulong Of(ref Utf8JsonReader json)
    {
        var hash = 0UL;
        var (depth, isChoice) = (json.CurrentDepth, false);
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (json.ValueTextEquals("kind"u8) && json.Read())
                isChoice = json.ValueTextEquals("choose"u8);
            else if (json.ValueTextEquals("text"u8) && json.Read())
                hash = Add(hash, json.ValueSpan.Trim((byte)' '));
            else if (isChoice && json.ValueTextEquals("log_probabilities"u8) && json.Read())
                hash = Add(hash, [Greatest(ref json)]);
            else if (json.Read())
                json.Skip();
        }
        return hash;
    }

    private static byte Greatest(ref Utf8JsonReader json)
    {
        var (best, place, greatest) = (byte.MaxValue, (byte)0, double.NegativeInfinity);
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; place++)
            if (json.TokenType == JsonTokenType.Number && json.GetDouble() > greatest)
                (best, greatest) = (place, json.GetDouble());
        return best;
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        hash = hash == 0 ? Basis : unchecked((hash ^ byte.MaxValue) * Prime);
        foreach (var one in bytes)
            hash = unchecked((hash ^ one) * Prime);
        return hash;
    }
}
