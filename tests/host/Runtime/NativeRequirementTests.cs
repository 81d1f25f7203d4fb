using LlmKick.Runtime;
using TorchSharp;

namespace LlmKick.Tests.Runtime;

/// <summary>What was loaded to compute must load on Debian 12 and Ubuntu 22.04 too, whatever this system is.</summary>
public sealed class NativeRequirementTests
{
    private static readonly Dictionary<string, Version> Allowed = new() { ["GLIBC"] = new(2, 35), ["GLIBCXX"] = new(3, 4, 30) };

    [Fact]
    public void LoadedLibraries_NeedNoNewerSystemThanPromised()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ELF libraries and their versions are Linux's.");
        TensorRuntime.Start(DeviceName.Cpu, torch.get_num_threads());
        using var product = torch.ones(2, 2).mm(torch.ones(2, 2));

        var loaded = Loaded();

        Assert.Contains(loaded, path => path.EndsWith("/libtorch_cpu.so", StringComparison.Ordinal));
        Assert.Contains(loaded, path => path.EndsWith("/libLibTorchSharp.so", StringComparison.Ordinal));
        var needs = loaded.SelectMany(path => new ElfFile(File.ReadAllBytes(path)).NeededVersions, (path, version) => (path, version))
            .ToList();
        Assert.Contains(needs, need => need.version.StartsWith("GLIBCXX_3.4", StringComparison.Ordinal));
        Assert.DoesNotContain(needs, need => IsTooNew(need.version));
    }

    /// <summary>The libraries that come with the tool; the system's own fit the system.</summary>
    private static List<string> Loaded() =>
    [
        .. File.ReadLines("/proc/self/maps")
            .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length == 6 && parts[5].StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal)
                && File.Exists(parts[5]))
            .Select(parts => parts[5]).Distinct().Where(ElfFile.IsElf),
    ];

    private static bool IsTooNew(string version) =>
        version.Split('_') is [var library, var number] && Allowed.TryGetValue(library, out var limit)
            && Version.TryParse(number, out var needed) && needed > limit;
}
