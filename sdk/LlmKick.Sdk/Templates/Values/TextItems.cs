
namespace LlmKick.Sdk.Templates.Values;

/// <summary>The characters of a text by position.</summary>
internal static class TextItems
{
    /// <summary>The character under a key; <see cref="Missing"/> where there is none.</summary>
    public static object At(string text, object? key)
    {
        Evaluation.Step(1 + (text.Length >> 8));
        return Slicing.Index(key, CodePoints.Count(text)) is { } index ? CodePoints.At(text, CodePoints.Offset(text, index))
            : Missing.Value;
    }
}
