using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.Questions;

/// <summary>Says why a JSON file is not what was wanted.</summary>
internal static class JsonFileFault
{
    /// <summary>The error, which tells the line once: in front, unless the explanation has it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its text.</param>
    /// <param name="wanted">What it is not, and what is needed: a sentence.</param>
    /// <param name="fault">What the reader said of it.</param>
    public static LlmKickException Of(string path, string content, string wanted, JsonException fault)
    {
        var why = JsonFault.Explain(content, fault);
        var place = why.StartsWith("Line ", StringComparison.Ordinal) || fault.LineNumber is not { } line ? path : $"{path}:{line + 1}";
        return new LlmKickException($"{place}: {wanted} {why}", fault);
    }
}
