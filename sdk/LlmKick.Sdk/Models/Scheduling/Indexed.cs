namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>A request with its place in the list that was asked.</summary>
internal readonly record struct Indexed<T>(int Index, T Request);
