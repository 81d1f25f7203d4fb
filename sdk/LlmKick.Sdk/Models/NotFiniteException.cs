namespace LlmKick.Sdk.Models;

/// <summary>A model's outputs are NaN or infinite: whatever is measured of it means nothing.</summary>
/// <param name="message">What was computed, where it first was no number, and what to do.</param>
public sealed class NotFiniteException(string message) : LlmKickException(message);
