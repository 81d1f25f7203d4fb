namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>A request with its place in the list that was asked.</summary>
/// <param name="Index">The place, from 0: its response's <see cref="Response.Index"/>.</param>
/// <param name="Request">The request.</param>
/// <typeparam name="T">Its kind.</typeparam>
public readonly record struct Indexed<T>(int Index, T Request) where T : Request;
