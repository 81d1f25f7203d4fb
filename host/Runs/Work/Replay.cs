using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Runs.Work;

/// <summary>Puts stored answers back to what they answer.</summary>
internal static class Replay
{
    /// <summary>Asks the task again what it asked of a sample, answer by answer.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="first">What was asked first.</param>
    /// <param name="responses">All answers, in order.</param>
    /// <param name="reference">What the dense variant was asked and answered; null where the task had nothing of it.</param>
    public static IReadOnlyList<Exchange> Of(ITask task, Sample sample, IReadOnlyList<Request> first, IReadOnlyList<Response> responses,
        IReadOnlyList<Exchange>? reference)
    {
        var exchanges = new List<Exchange>();
        for (var turn = first; turn.Count > 0 && exchanges.Count + turn.Count <= responses.Count;
            turn = task.Next(sample, exchanges, reference))
            exchanges.AddRange(turn.Select((request, i) => new Exchange(request, responses[exchanges.Count + i])).ToList());
        return exchanges;
    }
}
