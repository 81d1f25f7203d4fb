using LlmKick.Sdk.Models;

namespace LlmKick.Harness.Asking;

/// <summary>Puts what is asked of a row's pairs together: continuations of one context are one request.</summary>
internal static class ChoiceRequests
{
    /// <summary>The sample with its requests.</summary>
    public static HarnessSample Ask(HarnessSample sample)
    {
        if (sample.Pairs.Count == 0)
            return sample;
        var order = new List<(Prompt Context, List<Prompt> Continuations)>();
        var byContext = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = sample.Pairs.Select(pair => (IReadOnlyList<(int, int)>)[.. pair.Asked.Select(one => Place(pair, one))]).ToList();
        return sample with
        {
            Places = places,
            Requests = [.. order.Select(one => new ChooseRequest(one.Context, one.Continuations))],
        };

        (int, int) Place(ScoredPair pair, (IReadOnlyList<int> Context, IReadOnlyList<int> Scored) asked)
        {
            var key = string.Join(' ', asked.Context);
            if (!byContext.TryGetValue(key, out var request))
            {
                byContext[key] = request = order.Count;
                order.Add((new Prompt(pair.Context, asked.Context), []));
            }
            order[request].Continuations.Add(new Prompt(pair.Continuation, asked.Scored));
            return (request, order[request].Continuations.Count - 1);
        }
    }
}
