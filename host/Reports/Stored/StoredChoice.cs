using System.Text.Json;

namespace LlmKick.Reports.Stored;

/// <summary>Reads how probable a sample's options were: the first answer, where it is one to a choice.</summary>
internal static class StoredChoice
{
    /// <summary>For each option its log-probability; null where the first answer is none to a choice.</summary>
    /// <param name="responses">Stands at the list of responses; a copy, so that others may read it too.</param>
    public static double[]? Of(Utf8JsonReader responses)
    {
        if (!responses.Read() || responses.TokenType != JsonTokenType.StartObject || !responses.Read()
            || !responses.ValueTextEquals("kind"u8) || !responses.Read() || !responses.ValueTextEquals("choose"u8))
            return null;
        while (responses.Read() && responses.TokenType == JsonTokenType.PropertyName)
        {
            var isAsked = responses.ValueTextEquals("log_probabilities"u8);
            responses.Read();
            if (isAsked)
                return Numbers(ref responses);
            responses.Skip();
        }
        return null;
    }

    private static double[] Numbers(ref Utf8JsonReader json)
    {
        var numbers = new List<double>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            numbers.Add(json.TokenType == JsonTokenType.Number ? json.GetDouble() : double.NegativeInfinity);
        return [.. numbers];
    }
}
