using System.Diagnostics;

namespace LlmKick.Benchmarks.Neighbours;

/// <summary>A recipe that the built tool runs anew each time.</summary>
internal sealed class ToolRun(string tool, string recipe)
{
    /// <summary>Seconds of one run.</summary>
    /// <param name="environment">What it gets beside this process's environment.</param>
    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public double Seconds(IReadOnlyDictionary<string, string?>? environment = null)
    {
        var folder = Directory.CreateTempSubdirectory("neighbours").FullName;
        try
        {
            return Time(Start(folder, environment ?? new Dictionary<string, string?>()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private ProcessStartInfo Start(string folder, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(tool, ["run", recipe, "--output", Path.Combine(folder, "out")]) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        start.Environment["XDG_CACHE_HOME"] = folder;
        // This process has set it for its own libtorch; the tool is to do so by itself.
        start.Environment.Remove("OMP_WAIT_POLICY");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    private static double Time(ProcessStartInfo start)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"'{start.FileName}' ended with {process.ExitCode}: {said.Result}");
    }
}
