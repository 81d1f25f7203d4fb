using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>Why a generation ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FinishReason>))]
public enum FinishReason
{
    /// <summary>The model wrote an end-of-text token.</summary>
    EndOfText,

    /// <summary>A stop text was written.</summary>
    Stop,

    /// <summary>The request's limit was reached.</summary>
    Length,

    /// <summary>The model's context was full.</summary>
    Context,
}
