using System.Runtime.InteropServices;
using LlmKick.Plugins;
using LlmKick.Sdk;
using LlmKick.Terminals;

namespace LlmKick.Diagnosis;

/// <summary>The tool, its runtime and the system under it.</summary>
internal static class ProgramFindings
{
    public static IEnumerable<Finding> All()
    {
        yield return Finding.Ok("tool", $"llmkick {ToolVersion.Package}, SDK {SharedAssemblies.SdkVersion}", ToolVersion.Full);
        yield return Finding.Ok("runtime", RuntimeInformation.FrameworkDescription, Environment.Version.ToString());
        yield return Finding.Ok("system", $"{RuntimeInformation.OSDescription}, {Architecture}", RuntimeInformation.RuntimeIdentifier);
        yield return Platform();
        yield return Memory();
    }

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static Finding Platform() => OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64
        ? Finding.Ok("platform", "Linux x64 is tested; Windows x64 and macOS arm64 were not tried")
        : new Finding("platform", FindingState.Warning, $"{RuntimeInformation.RuntimeIdentifier} was not tried, nor were Windows and "
            + $"macOS; Linux x64 was", "Compare a small run with its reference before you rely on it.");

    private static Finding Memory()
    {
        GC.Collect(0); // what follows tells of the latest collection
        var memory = GC.GetGCMemoryInfo();
        var (total, free) = (memory.TotalAvailableMemoryBytes, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
        var found = $"{ByteCount.Format(total)} for this process, {ByteCount.Format(free)} of it free";
        return free < 2L << 30
            ? new Finding("memory", FindingState.Warning, found, "A model of 135 million parameters takes about 2 GiB. Close other "
                + "programs or raise the container's limit.") { Value = total }
            : Finding.Ok("memory", found, total);
    }
}
