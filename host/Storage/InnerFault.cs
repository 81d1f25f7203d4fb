using System.Text.Json;
using LlmKick.Sdk.Files;

namespace LlmKick.Storage;

/// <summary>A fault in what a converter reads by a serializer of its own.</summary>
internal static class InnerFault
{
    /// <summary>The fault without its path, which the outer serializer gives a path to only where there is none yet;
    /// <see cref="JsonFault"/> puts the two together.</summary>
    public static JsonException Of(JsonException fault) => new(fault.Message, fault);
}
