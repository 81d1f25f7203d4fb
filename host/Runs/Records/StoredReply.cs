using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Records;

/// <summary>A line of a <see cref="ReplyStore"/>.</summary>
/// <param name="Key">Fingerprint of who was asked what about which sample.</param>
/// <param name="Reply">The reply.</param>
internal sealed record StoredReply(string Key, Response Reply);
