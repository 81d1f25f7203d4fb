using System.Globalization;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Samples;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Reports.Comparisons;

/// <summary>
/// How often computed sentences and verdicts are false, in simulated runs of two variants in two tasks and perplexity. LLMKICK_DRAWS=10000
/// draws that many runs a cell of effect and size; without it a few are drawn, fewer the larger they are.
/// </summary>
public sealed class TrueSentencesTests(ITestOutputHelper output)
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("LLMKICK_DRAWS");

    private static readonly string[] Ids = [.. Enumerable.Range(0, 5000).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    private static readonly double[] Effects = [0, 0.01, 0.03, 0.05, 0.08, 0.15, 0.3];

    private static readonly int[] Sizes = [4, 6, 20, 50, 200, 1000, 5000];

    /// <summary>The dense score, and what becomes right for each that is lost.</summary>
    public static TheoryData<double, double> Models => new() { { 0.95, 0 }, { 0.6, 0.5 } };

    [Theory]
    [MemberData(nameof(Models))]
    public void Sentences_OverEffectsAndSizes_AreFalseInOneOfTwentyAtMost(double dense, double back)
    {
        var worst = (Share: 0.0, What: "nothing");
        foreach (var (size, effect) in from size in Sizes from effect in Effects select (size, effect))
        {
            var draws = Draws(size);
            // In a third of the runs perplexity stays where the tasks lose.
            var told = Enumerable.Range(0, draws).AsParallel().Select(draw =>
                Told(new Truth(dense, back, effect, draw % 3 == 0 ? 0 : effect), size, (ulong)draw * 7919 + (ulong)size)).ToList();
            foreach (var kind in told.SelectMany(one => one).Where(one => !one.IsTrue).GroupBy(one => one.Kind))
            {
                var (share, what) =
                    (kind.Count() / (double)draws, FormattableString.Invariant($"{kind.Key}, of {size} questions with a loss of {effect}"));
                worst = share > worst.Share && draws >= 100 ? (share, what) : worst;
                // Four standard errors of a share of 5 % over so few draws.
                Assert.True(share <= 0.05 + 4 * Math.Sqrt(0.05 * 0.95 / draws),
                    FormattableString.Invariant($"False in {share} of {draws} runs: {what}"));
            }
        }
        output.WriteLine(FormattableString.Invariant($"At most {worst.Share:0.0000}: {worst.What}"));
    }

    private static int Draws(int size) => Asked is null ? Math.Clamp(2000 / size, 5, 100) : int.Parse(Asked, CultureInfo.InvariantCulture);

    /// <summary>What is true of every variant.</summary>
    /// <param name="Dense">The dense score.</param>
    /// <param name="Back">Won for each that is lost.</param>
    /// <param name="Fall">Share of the dense score that each task loses.</param>
    /// <param name="Rise">Share by which perplexity rises.</param>
    private sealed record Truth(double Dense, double Back, double Fall, double Rise);

    private sealed record Statement(string Kind, bool IsTrue);

    /// <summary>What is told of one run, once for each kind: false where any of the kind is.</summary>
    private static IEnumerable<Statement> Told(Truth truth, int size, ulong seed)
    {
        var random = new SplitMix64(seed);
        Comparison[] drawn =
        [
            .. from variant in new[] { "a", "b" }
               from task in new[] { "facts", "reading" }
               select Draw(truth, size, variant, task, random),
        ];
        Comparison[] all = [.. HolmTable.Correct(drawn),
            .. new[] { "a", "b" }.Select(variant => Windows(truth, Math.Min(size, 1000), variant, random))];
        var statements = new Verdict(all).Sentences().Append(HiddenLoss.None(all)).Select(sentence => Judge(sentence, truth))
            .Concat(all.Select(one => Cell(one, truth)));
        return statements.GroupBy(one => one.Kind).Select(kind => new Statement(kind.Key, kind.All(one => one.IsTrue)));
    }

    private static Comparison Draw(Truth truth, int size, string variant, string task, SplitMix64 random)
    {
        // Lost of those right, won of those wrong, such that the score falls by the effect.
        var lost = truth.Fall / (1 - truth.Back);
        var won = truth.Dense * lost * truth.Back / (1 - truth.Dense);
        var churn = truth.Back > 0 ? 0.05 : 0; // as many go either way beside the loss
        var pairs = new List<PairedSample>(size);
        for (var i = 0; i < size; i++)
        {
            var before = Chance(random) < truth.Dense;
            var after = before ? Chance(random) >= lost + churn : Chance(random) < won + churn * truth.Dense / (1 - truth.Dense);
            pairs.Add(new PairedSample(Row(i, before ? 1 : 0), Row(i, after ? 1 : 0)));
        }
        return Make(variant, task, new MetricMeaning(true, null, "") { Name = "exact_match" }, pairs, rows => rows.Average());
    }

    private static Comparison Windows(Truth truth, int size, string variant, SplitMix64 random)
    {
        List<PairedSample> pairs = [.. Enumerable.Range(0, size).Select(i => Row(i, 2 + Normal(random)) is var before
            ? new PairedSample(before, before with { Score = before.Score + Math.Log(1 + truth.Rise) + 0.05 * Normal(random) }) : default)];
        return Make(variant, "perplexity", new MetricMeaning(false, null, "", "nll") { Name = "perplexity" }, pairs,
            rows => Math.Exp(rows.Average()));
    }

    private static Comparison Make(string variant, string task, MetricMeaning metric, List<PairedSample> pairs,
        Func<IEnumerable<double>, double> value)
    {
        var (before, after) = (value(pairs.Select(pair => pair.Dense.Score)), value(pairs.Select(pair => pair.Here.Score)));
        var stored = new VariantResults(variant, [], 0, null, null, null, null, 0, [])
            { Origin = new VariantOrigin(new RunFolder("/none"), variant, "", "") };
        return new PairComparison(new TaskMeaning([metric]) { Name = task }, stored, new MetricResults(before, pairs.Count, before, before),
            new MetricResults(after, pairs.Count, after, after), pairs).Make();
    }

    private static SampleRow Row(int id, double score) => new(Ids[id], score, 1, null, 0, 0, 0);

    private static Statement Cell(Comparison one, Truth truth)
    {
        var change = one.HigherIsBetter ? truth.Fall : truth.Rise;
        return new Statement($"cell of {one.Variant}/{one.Task}", one.Within(Verdict.Tolerance) switch
        {
            Match.Matching => change <= Verdict.Tolerance,
            Match.Not => change > Verdict.Tolerance,
            _ => true,
        });
    }

    /// <summary>Whether a sentence is true; one that is unknown here fails, so that none is left out.</summary>
    private static Statement Judge(string sentence, Truth truth)
    {
        var (loses, rises) = (truth.Fall > 0, truth.Rise > 0);
        var (isSmall, isQuiet) = (truth.Fall <= Verdict.Tolerance, truth.Rise <= Verdict.Tolerance);
        (string Start, bool IsTrue)[] known =
        [
            ("Perplexity hides a loss", loses && isQuiet),
            ("Perplexity shows a loss here", loses && truth.Rise > Verdict.Tolerance),
            ("Perplexity does not hide the loss here", loses && (isSmall || !isQuiet) && rises),
            ("Whether perplexity hides a loss cannot be told", loses),
            ("No task lost more than 5 %", isSmall && (!sentence.Contains("cost less than", StringComparison.Ordinal)
                || truth is { Fall: < Verdict.Tolerance, Rise: < Verdict.Tolerance })
                && (!sentence.Contains("tells of a loss", StringComparison.Ordinal) || truth.Rise > Verdict.Tolerance)),
            ("Too few questions", true),
            ("The tasks do not fall alike", false),
            ("Whether the tasks fall alike cannot be told", true),
            ("Nowhere that is known", true),
            ("Nowhere: no task has lost", isSmall),
            ("Nothing can be told", true),
        ];
        if (Array.Find(known, one => sentence.StartsWith(one.Start, StringComparison.Ordinal)) is { Start: { } start, IsTrue: var isTrue })
            return new Statement(start, isTrue);
        return sentence.Contains(" even rose with ", StringComparison.Ordinal) ? new Statement("a rise", false)
            : sentence.Contains(" hides that loss cannot be told", StringComparison.Ordinal)
                ? new Statement("a loss beside unknown perplexity", loses)
            : throw new InvalidOperationException($"Not known: {sentence}");
    }

    private static double Chance(SplitMix64 random) => (random.Next() >> 11) / (double)(1L << 53);

    private static double Normal(SplitMix64 random) =>
        Math.Sqrt(-2 * Math.Log(1 - Chance(random))) * Math.Cos(2 * Math.PI * Chance(random));
}
