using System.Text.Json;

namespace LlmKick.Reports.Samples;

/// <summary>Reads of a sample's responses what comparisons need, without making objects of them: the hash of its answers, the text that
/// was written or which continuation was the most probable (FNV-1a, Fowler, Noll, Vo), and how probable the first answer held each
/// continuation.</summary>
internal record struct AnswerScan
{
    // FNV-1a, 64 bits; answers are only compared, nothing stores their hash.
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Equal for equal answers; 0 where there is none.</summary>
    public ulong Hash { get; private set; }

    /// <summary>For each continuation of the first answer its log-probability; null where it chose among none.</summary>
    public double[]? Choices { get; private set; }

    /// <summary>Reads a list of responses.</summary>
    /// <param name="json">Stands at the list, and then behind it.</param>
    public static AnswerScan Of(ref Utf8JsonReader json)
    {
        var (scan, depth, place) = (new AnswerScan(), json.CurrentDepth, 0);
        for (; json.Read() && json.CurrentDepth > depth; place++)
            if (json.TokenType == JsonTokenType.StartObject)
                scan.Take(ref json, isFirst: place == 0);
            else
                json.Skip();
        return scan;
    }

    /// <summary>Reads a response, whose kind stands first.</summary>
    private void Take(ref Utf8JsonReader json, bool isFirst)
    {
        var isChoice = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            if (json.ValueTextEquals("kind"u8) && json.Read())
                isChoice = json.ValueTextEquals("choose"u8);
            else if (json.ValueTextEquals("text"u8) && json.Read())
                Add(json.ValueSpan.Trim((byte)' '));
            else if (isChoice && json.ValueTextEquals("log_probabilities"u8) && json.Read())
                Take(Numbers(ref json), isFirst);
            else if (json.Read())
                json.Skip();
    }

    private void Take(double[] values, bool isFirst)
    {
        Add([values.Length == 0 ? byte.MaxValue : (byte)values.Index().MaxBy(value => value.Item).Index]);
        Choices = isFirst ? values : Choices;
    }

    private static double[] Numbers(ref Utf8JsonReader json)
    {
        var numbers = new List<double>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            numbers.Add(json.TokenType == JsonTokenType.Number ? json.GetDouble() : double.NegativeInfinity);
        return [.. numbers];
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Hash = Hash == 0 ? Basis : unchecked((Hash ^ byte.MaxValue) * Prime);
        foreach (var one in bytes)
            Hash = unchecked((Hash ^ one) * Prime);
    }
}
