using System.Text;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Storage;

/// <summary>Says which line of a run's file cannot be read.</summary>
internal static class DamagedLine
{
    /// <summary>What helps where a file of a run is damaged.</summary>
    public const string Advice = "Run the recipe again: 'llmkick run' writes the file anew, and computes nothing that is there.";

    /// <summary>Whether an exception is what a line with something else than was written leads to.</summary>
    public static bool Is(Exception exception) => exception is JsonException or InvalidOperationException or FormatException
        or KeyNotFoundException or NullReferenceException;

    /// <summary>The sentence.</summary>
    /// <param name="path">The file.</param>
    /// <param name="number">The line, from 1.</param>
    /// <param name="line">What it holds.</param>
    /// <param name="exception">What it led to.</param>
    public static LlmKickException Of(string path, int number, ReadOnlySpan<byte> line, Exception exception)
    {
        var reason = exception is JsonException { LineNumber: not null } fault ? JsonFault.Explain(line, fault)
            : "It lacks something or has a value of another kind.";
        return new LlmKickException($"'{path}', line {number}, is damaged, or was changed by hand. {reason} {Advice}", exception);
    }
}
