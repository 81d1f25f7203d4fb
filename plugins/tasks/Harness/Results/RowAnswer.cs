using LlmKick.Harness.Asking;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Harness.Results;

/// <summary>What a model answered about a row.</summary>
internal sealed class RowAnswer
{
    /// <param name="sample">The row.</param>
    /// <param name="exchanges">What was asked and answered.</param>
    public RowAnswer(HarnessSample sample, IReadOnlyList<Exchange> exchanges)
    {
        Sample = sample;
        var responses = exchanges.Select(exchange => exchange.Response).ToList();
        var values = sample.Places.Select(places => places.Select(place => Of((ChooseResponse)responses[place.Request],
            (ChooseRequest)sample.Requests[place.Request], place.Place)).ToList()).ToList();
        LogLikelihoods = [.. values.Select(asked => asked[0].Value)];
        IsGreedy = [.. values.Select(asked => asked.TrueForAll(one => one.IsGreedy))];
        Whole = sample.Windows.Count > 0 ? responses.Sum(Sum) : 0;
        var written = responses.OfType<GenerateResponse>().ToList();
        Texts = written.Count == 1 ? [.. Enumerable.Repeat(written[0].Text, sample.Definition.Repeats)]
            : [.. written.Select(response => response.Text)];
        Written = written.FirstOrDefault();
    }

    /// <summary>The row.</summary>
    public HarnessSample Sample { get; }

    /// <summary>Of each pair the sum of its tokens' log-probabilities.</summary>
    public IReadOnlyList<double> LogLikelihoods { get; }

    /// <summary>Of each pair whether every token was the most probable one.</summary>
    public IReadOnlyList<bool> IsGreedy { get; }

    /// <summary>The log-likelihood of a text that is scored whole.</summary>
    public double Whole { get; }

    /// <summary>What was written, a text for each repeat.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The first answer, or null.</summary>
    public GenerateResponse? Written { get; }

    private static (double Value, bool IsGreedy) Of(ChooseResponse response, ChooseRequest request, int place) =>
        (response.LogProbabilities[place], response.Greedy is { } greedy ? greedy[place]
            : request.Continuations[place].Tokens is [var token] && token == response.BestToken);

    private static double Sum(Response response) => response switch
    {
        RollingResponse rolling => rolling.LogProbabilities.Sum(value => (double)value),
        ChooseResponse choose => choose.LogProbabilities[0],
        _ => 0,
    };
}
