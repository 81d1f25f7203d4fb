using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Work;

/// <summary>Whether a variant's methods take the model's linears as they are asked to, known before anything is computed.</summary>
/// <param name="Faults">What cannot be done, a sentence each.</param>
/// <param name="Notes">What is done otherwise than the options say, a sentence each.</param>
internal sealed record MethodFit(IReadOnlyList<string> Faults, IReadOnlyList<string> Notes)
{
    /// <summary>Asks the methods about every linear.</summary>
    public static MethodFit Of(VariantPlan variant)
    {
        if (variant.Spec.Stages.Count == 0)
            return new MethodFit([], []);
        var foreseen = new List<(LinearPlace Place, LinearForecast Forecast)>();
        using var listed = SavePlan.Source(variant)?.Foresee(place =>
        {
            if (SavePlan.Foresee(variant, place) is { } forecast)
                foreseen.Add((place, forecast));
            return LinearForecast.Untouched;
        });
        return new MethodFit(Sentences(foreseen, forecast => forecast.Fault), Sentences(foreseen, forecast => forecast.Note));
    }

    /// <summary>Refuses what cannot be done.</summary>
    /// <exception cref="LlmKickException">Some variant has a fault: the message has all of them.</exception>
    public static void Require(IEnumerable<(string Variant, MethodFit Fit)> fits)
    {
        var faults = fits.SelectMany(row => row.Fit.Faults.Select(fault => $"{row.Variant}: {fault}.")).ToList();
        if (faults.Count > 0)
            throw new LlmKickException(string.Join(" ", faults));
    }

    private static List<string> Sentences(List<(LinearPlace Place, LinearForecast Forecast)> linears,
        Func<LinearForecast, string?> said) => [.. linears.Where(row => said(row.Forecast) is not null)
            .GroupBy(row => said(row.Forecast)!).Select(alike => Sentence(alike.Key, [.. alike.Select(row => row.Place)]))];

    private static string Sentence(string said, IReadOnlyList<LinearPlace> places) =>
        $"{places[0].Name} of block {places[0].Block} {said}" + (places.Count == 1 ? "" : $" (so for {places.Count} linears)");
}
