using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Tasks;

/// <summary>A request with its response.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Response">What was answered.</param>
public sealed record Exchange(Request Request, Response Response);
