using System.Globalization;
using System.Runtime.InteropServices;
using LlmKick.Runtime;

namespace LlmKick.Diagnosis;

/// <summary>The processor and how much of it may be used.</summary>
internal static class ProcessorFindings
{
    public static IEnumerable<Finding> All()
    {
        yield return Finding.Ok("processor", Model());
        yield return Threads();
    }

    private static Finding Threads()
    {
        var (threads, cores) = (ComputeThreads.Resolve(null), ComputeThreads.Available);
        var quota = CgroupQuota.Read() is { } limit ? string.Create(CultureInfo.InvariantCulture, $", cgroup quota {limit:0.##}") : "";
        var found = $"{threads}, one for each core that this process may use ({cores}{quota})";
        if (threads == cores)
            return Finding.Ok("threads", found, threads);
        found = $"{threads} by OMP_NUM_THREADS, for {cores} cores that this process may use{quota}";
        return threads < cores
            ? Finding.Ok("threads", found, threads)
            : new Finding("threads", FindingState.Warning, found,
                "More threads than cores are slower: lower OMP_NUM_THREADS or give --threads.") { Value = threads };
    }

    private static string Model()
    {
        const string Linux = "/proc/cpuinfo";
        var line = File.Exists(Linux) ? File.ReadLines(Linux)
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
