using System.Reflection;
using System.Runtime.InteropServices;
using LlmKick.Sdk;
using TorchSharp;

namespace LlmKick.Runtime;

/// <summary>The libtorch that this process computes with: the tool's own or the user's.</summary>
/// <param name="Folder">The folder that holds its libraries.</param>
/// <param name="Bridge">The library through which TorchSharp calls it.</param>
/// <param name="Version">Its version.</param>
/// <param name="IsUsers">Whether <c>LLMKICK_LIBTORCH</c> names it.</param>
internal sealed record LibTorch(string Folder, string Bridge, string Version, bool IsUsers)
{
    /// <summary>The environment variable that names a folder with another libtorch.</summary>
    public const string Variable = "LLMKICK_LIBTORCH";

    /// <summary>The version that TorchSharp was built for. Another one has another binary interface.</summary>
    public static string ExpectedVersion { get; } = System.Version.Parse(ReadExpectedVersion()).ToString(3);

    /// <summary>Whether it has libraries for GPUs.</summary>
    public bool HasCuda => File.Exists(Path.Combine(Folder, NativeNames.Library("torch_cuda")));

    /// <summary>Finds the libtorch to use. Loads nothing.</summary>
    /// <exception cref="LlmKickException">There is none, or the user's is not usable.</exception>
    public static LibTorch Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? FindUsers(folder) : FindOwn();

    // A constant, read as data: TorchSharp's own property would run its start-up, which loads libtorch.
    private static string ReadExpectedVersion() =>
        (string)typeof(torch).GetField("libtorchPackageVersion", BindingFlags.Static | BindingFlags.NonPublic)!.GetRawConstantValue()!;

    private static LibTorch FindOwn()
    {
        var name = NativeNames.Library("LibTorchSharp");
        var folder = NativeNames.SearchFolders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, name)))
            ?? throw new LlmKickException(Missing(name));
        return new LibTorch(folder, Path.Combine(folder, name), ExpectedVersion, IsUsers: false);
    }

    private static string Missing(string bridge)
    {
        const string bundles = "Linux x64 (glibc), Windows x64 and macOS arm64";
        var platform = RuntimeInformation.RuntimeIdentifier;
        if (IsBundled(platform))
            return $"libtorch is not beside the tool ('{AppContext.BaseDirectory}'). Install the tool again.";
        var other = OperatingSystem.IsLinux()
            ? $", or set {Variable} to a folder with libtorch {ExpectedVersion} and {bridge} built for it" : "";
        return $"No libtorch comes with llmkick for {platform}, only for {bundles}: use one of these{other}.";
    }

    // Some distributions' runtimes name themselves, such as ubuntu.24.04-x64.
    private static bool IsBundled(string platform) => platform is "win-x64" or "osx-arm64"
        || (OperatingSystem.IsLinux() && platform.EndsWith("-x64", StringComparison.Ordinal)
            && !platform.Contains("musl", StringComparison.Ordinal));

    private static LibTorch FindUsers(string given)
    {
        // Elsewhere TorchSharp would load the tool's own beside it.
        if (!OperatingSystem.IsLinux())
            throw new LlmKickException(
                $"{Variable} is '{given}', and a libtorch can be named on Linux only. Unset it: the tool has one for CPUs.");
        var core = NativeNames.Library("torch_cpu");
        string[] places = [given, Path.Combine(given, "lib"), Path.Combine(given, "torch", "lib")];
        var folder = places.FirstOrDefault(place => File.Exists(Path.Combine(place, core)))
            ?? throw new LlmKickException($"{Variable} is '{given}', and neither that folder nor its 'lib' holds {core}. Name the folder "
                + $"that an archive of libtorch {ExpectedVersion} was unpacked to.");
        var version = ReadVersion(folder)
            ?? throw new LlmKickException(
                $"{Variable} is '{given}', and its version cannot be told: there is no 'build-version' (libtorch archives) or 'version.py' "
                    + $"(Python packages) above its libraries. Unpack a whole archive of libtorch {ExpectedVersion}.");
        if (!IsExpected(version))
            throw new LlmKickException($"{Variable} is '{given}', which is libtorch {version}. This tool calls libtorch {ExpectedVersion}; "
                + $"name a folder with that version.");
        return new LibTorch(Path.GetFullPath(folder), FindBridge(folder), version, IsUsers: true);
    }

    private static string FindBridge(string folder)
    {
        var beside = Path.GetFullPath(Path.Combine(folder, NativeNames.Library("LibTorchSharp")));
        return File.Exists(beside) ? beside : FindOwn().Bridge;
    }

    private static string? ReadVersion(string folder)
    {
        string[] files = [Path.Combine(folder, "build-version"), Path.Combine(folder, "..", "build-version"),
            Path.Combine(folder, "..", "version.py")];
        var line = files.Where(File.Exists).SelectMany(File.ReadLines).FirstOrDefault(line => line.Length > 0
            && (char.IsAsciiDigit(line[0]) || line.StartsWith("__version__", StringComparison.Ordinal)));
        return line?.Split('=')[^1].Trim(' ', '\'', '"');
    }

    private static bool IsExpected(string version) =>
        version.StartsWith(ExpectedVersion[..(ExpectedVersion.LastIndexOf('.') + 1)], StringComparison.Ordinal);
}
