using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace LlmKick.Reports.LmEval;

/// <summary>A sample of lm-evaluation-harness as far as it is compared.</summary>
/// <param name="Id">The row's number.</param>
/// <param name="Hash">Hash of the row; empty where it is not told.</param>
/// <param name="Score">The metric's number; of a perplexity the negative log-likelihood of a word or byte.</param>
/// <param name="Weight">Words or bytes, or 1.</param>
/// <param name="Answer">Equal for equal answers.</param>
internal sealed record LmEvalSample(string Id, string Hash, double Score, double Weight, ulong Answer)
{
    /// <summary>Reads a line; null where it is another filter's, or has no number of the metric.</summary>
    public static LmEvalSample? Read(JsonElement line, string metric, string filter)
    {
        if (line.TryGetProperty("filter", out var own) && own.GetString() != filter)
            return null;
        var found = line.TryGetProperty(metric, out var value)
            || (line.TryGetProperty("metrics", out var all) && all.ValueKind == JsonValueKind.Object
                && all.TryGetProperty(metric, out value));
        if (!found || Number(metric, value) is not { } number)
            return null;
        return new LmEvalSample(line.GetProperty("doc_id").ToString(),
            line.TryGetProperty("doc_hash", out var hash) ? hash.GetString() ?? "" : "", number.Score, number.Weight,
            line.TryGetProperty("filtered_resps", out var answer) ? Choice(answer) : 0);
    }

    /// <summary>Of scored choices the best one's place counts, of texts the text.</summary>
    private static ulong Choice(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Array)
            return Hashed(answer.GetRawText());
        var (best, place, most) = (0, 0, double.NegativeInfinity);
        foreach (var one in answer.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Array || one.GetArrayLength() < 1 || !TryNumber(one[0], out var value))
                return Hashed(answer.GetRawText());
            if (value > most)
                (best, most) = (place, value);
            place++;
        }
        return (ulong)best;
    }

    private static ulong Hashed(string text) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text));

    private static (double Score, double Weight)? Number(string metric, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return (value.GetBoolean() ? 1 : 0, 1);
        if (value.ValueKind == JsonValueKind.Array)
            return metric is "word_perplexity" or "byte_perplexity" && value.GetArrayLength() == 2 && TryNumber(value[0], out var sum)
                && TryNumber(value[1], out var count) && count > 0 ? (-sum / count, count) : null;
        if (!TryNumber(value, out var number))
            return null;
        return metric == "perplexity" ? (-number, 1) : (number, 1);
    }

    private static bool TryNumber(JsonElement value, out double number)
    {
        number = double.NaN;
        return value.ValueKind == JsonValueKind.Number ? value.TryGetDouble(out number)
            : value.ValueKind == JsonValueKind.String
                && double.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture,
                out number);
    }
}
