using System.Text.Json.Serialization;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Runs.Records;

/// <summary>What a judge was asked for a task on a variant.</summary>
/// <param name="Replies">Its replies.</param>
/// <param name="Unreadable">Those without a verdict.</param>
/// <param name="InputTokens">Tokens that it read, as far as they were counted.</param>
/// <param name="OutputTokens">Tokens that it wrote, as far as they were counted.</param>
/// <param name="Cost">What they cost, where the recipe gives prices.</param>
internal sealed record JudgeRecord(int Replies, int Unreadable, long InputTokens, long OutputTokens,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Cost)
{
    /// <summary>Sums replies; null where there are none.</summary>
    public static JudgeRecord? Of(IReadOnlyCollection<JudgeReply> replies) => replies.Count == 0 ? null : new(
        replies.Count, replies.Count(reply => !reply.IsRead), replies.Sum(reply => reply.Usage?.Input ?? 0),
        replies.Sum(reply => reply.Usage?.Output ?? 0),
        replies.Any(reply => reply.Usage?.Cost is not null) ? replies.Sum(reply => reply.Usage?.Cost ?? 0) : null);

    /// <summary>Sums what was asked of several variants; null where nothing was.</summary>
    public static JudgeRecord? Sum(IReadOnlyCollection<JudgeRecord> records) => records.Count == 0 ? null : new(
        records.Sum(one => one.Replies), records.Sum(one => one.Unreadable), records.Sum(one => one.InputTokens),
        records.Sum(one => one.OutputTokens),
        records.Any(one => one.Cost is not null) ? records.Sum(one => one.Cost ?? 0) : null);
}
