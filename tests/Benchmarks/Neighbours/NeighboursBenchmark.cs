using System.Diagnostics;

namespace LlmKick.Benchmarks.Neighbours;

/// <summary>What a run costs that is not alone on its cores, in turns so that all share whatever else the machine does.</summary>
internal static class NeighboursBenchmark
{
    private const int Rounds = 5;

    /// <summary>How long libgomp's threads spin where nobody says otherwise.</summary>
    private static readonly Dictionary<string, string?> Spinning = new() { ["GOMP_SPINCOUNT"] = "300000" };

    public static void Print(string tool, string recipe)
    {
        var rounds = Enumerable.Range(1, Rounds).Select(round => Measure(new ToolRun(tool, recipe), round)).ToList();
        var alone = Median(rounds, round => round.Alone);
        Console.WriteLine($"medians of {Rounds}: alone {alone:F1} s");
        Console.WriteLine(
            $"two at once     {Median(rounds, round => round.TwoAtOnce / (2 * round.Alone)):F2} of two in turn (at most 1.15)");
        Console.WriteLine(
            $"beside loops    {Median(rounds, round => round.BesideLoops / (2 * round.Alone)):F2} of twice the time alone (at most 1.20)");
        Console.WriteLine(
            $"alone           {Median(rounds, round => round.Alone / round.Spinning):F2} of the time with threads that spin (no loss)");
    }

    private static Round Measure(ToolRun run, int number)
    {
        var round = new Round(run.Seconds(), run.Seconds(Spinning), TwoAtOnce(run), BesideLoops(run));
        Console.WriteLine($"{number}: alone {round.Alone:F1} s, spinning {round.Spinning:F1}, two at once {round.TwoAtOnce:F1}, beside "
            + $"loops {round.BesideLoops:F1}");
        return round;
    }

    private static double TwoAtOnce(ToolRun run)
    {
        var clock = Stopwatch.StartNew();
        Task.WaitAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => run.Seconds())));
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>One loop a core.</summary>
    private static double BesideLoops(ToolRun run)
    {
        using var stop = new CancellationTokenSource();
        var loops = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => new Thread(() => { while (!stop.IsCancellationRequested) { } })).ToList();
        loops.ForEach(loop => loop.Start());
        var seconds = run.Seconds();
        stop.Cancel();
        loops.ForEach(loop => loop.Join());
        return seconds;
    }

    private static double Median(IEnumerable<Round> rounds, Func<Round, double> figure) => rounds.Select(figure).Order()
        .ElementAt(Rounds / 2);

    private sealed record Round(double Alone, double Spinning, double TwoAtOnce, double BesideLoops);
}
