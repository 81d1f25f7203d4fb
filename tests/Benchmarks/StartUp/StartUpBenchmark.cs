using System.Diagnostics;

namespace LlmKick.Benchmarks.StartUp;

/// <summary>Seconds that a built tool takes for verbs that compute nothing.</summary>
internal static class StartUpBenchmark
{
    private const int Repeats = 10;

    public static void Print(string tool)
    {
        Console.WriteLine("verb                             least   median seconds");
        foreach (var arguments in new[] { "--version", "list", "validate recipes/pruning.yaml", "schema" })
        {
            var seconds = Enumerable.Range(0, Repeats + 1).Select(_ => Seconds(tool, arguments)).Skip(1).Order().ToList();
            Console.WriteLine($"{arguments,-32} {seconds[0],5:F2}   {seconds[Repeats / 2],5:F2}");
        }
    }

    private static double Seconds(string tool, string arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process =
            Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return clock.Elapsed.TotalSeconds;
    }
}
