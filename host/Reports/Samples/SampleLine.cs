using System.Text.Json;

namespace LlmKick.Reports.Samples;

/// <summary>Reads a line of samples.</summary>
/// <param name="score">The score that is asked for.</param>
internal sealed class SampleLine(string score)
{
    /// <summary>The sample; its score is NaN where it has none.</summary>
    public SampleRow Read(long offset, ReadOnlySpan<byte> line)
    {
        var row = new SampleRow("", double.NaN, 1, null, 0, offset, line.Length);
        var json = new Utf8JsonReader(line);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new FormatException("A sample is an object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            row = Take(ref json, row);
        return row.Id.Length > 0 ? row : throw new FormatException("A sample has an id.");
    }

    private SampleRow Take(ref Utf8JsonReader json, SampleRow row)
    {
        if (json.ValueTextEquals("id"u8) && json.Read())
            return row with { Id = json.GetString()! };
        if (json.ValueTextEquals("weight"u8) && json.Read())
            return row with { Weight = json.GetDouble() };
        if (json.ValueTextEquals("cluster"u8) && json.Read())
            return row with { Cluster = json.GetString() };
        if (json.ValueTextEquals("responses"u8) && json.Read())
        {
            var answers = AnswerScan.Of(ref json);
            return row with { Choices = answers.Choices, Answer = answers.Hash };
        }
        if (json.ValueTextEquals("scores"u8) && json.Read())
            return row with { Score = Score(ref json) };
        json.Skip();
        return row;
    }

    private double Score(ref Utf8JsonReader json)
    {
        var found = double.NaN;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isAsked = json.ValueTextEquals(score);
            if (json.Read() && isAsked && json.TokenType != JsonTokenType.Null)
                found = json.GetDouble();
        }
        return found;
    }
}
