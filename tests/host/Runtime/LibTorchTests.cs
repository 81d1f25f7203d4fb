using LlmKick.Runtime;
using LlmKick.Tests.Commands;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Runtime;

/// <summary>A libtorch of the user's; each case is a process of its own, since a process loads one.</summary>
public sealed class LibTorchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UsersFolder_WholeLibTorch_IsTheOnlyOneLoaded(bool hasBridge)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The loader's own log is read, which is glibc's.");
        LinkLibraries("lib");
        var bridge = folder.File("lib", "libLibTorchSharp.so");
        if (!hasBridge)
        {
            File.Delete(bridge);
            bridge = Path.Combine(Tool.Folder, "libtorch", "libLibTorchSharp.so");
        }
        File.WriteAllText(folder.File("build-version"), "2.10.0+test\n");

        var text = await DoctorAsync(folder.Path, ("LD_DEBUG", "files"), ("LD_DEBUG_OUTPUT", folder.File("loader")));

        Assert.Matches(@"ok +libtorch +2\.10\.0\+test, named by LLMKICK_LIBTORCH: " + folder.File("lib"), text);
        Assert.Matches("ok +float32 rate", text);
        var started = Directory.GetFiles(folder.Path, "loader.*").SelectMany(File.ReadLines)
            .Where(line => line.Contains("calling init: ", StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(path => Path.GetFileName(path) is "libLibTorchSharp.so" or "libc10.so" or "libtorch_cpu.so").ToList();
        Assert.Equal([folder.File("lib", "libc10.so"), folder.File("lib", "libtorch_cpu.so"), bridge], started);
    }

    [Fact]
    public async Task UsersFolder_PythonPackage_IsFound()
    {
        LinkLibraries("torch", "lib");
        File.WriteAllText(folder.File("torch", "version.py"), "from typing import Optional\n__version__ = '2.10.1+cu128'\ndebug = False\n");

        Assert.Matches(@"ok +libtorch +2\.10\.1\+cu128", await DoctorAsync(folder.Path));
    }

    [Theory]
    [InlineData("2.7.1+cu128", "which is libtorch 2.7.1")]
    [InlineData("2.100.0", "which is libtorch 2.100.0")]
    [InlineData(null, "its version cannot be told")]
    public async Task UsersFolder_OtherVersion_IsRefused(string? version, string reason)
    {
        File.WriteAllText(folder.File(NativeNames.Library("torch_cpu")), "");
        if (version is not null)
            File.WriteAllText(folder.File("build-version"), version);

        var text = await DoctorAsync(folder.Path);

        Assert.Matches("problem +libtorch ", text);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UsersFolder_DamagedLibrary_NamesItAndCopiesNothing()
    {
        foreach (var name in (string[])["torch_cpu", "torch", "c10"])
            File.WriteAllText(folder.File(NativeNames.Library(name)), "not a library");
        File.WriteAllText(folder.File("build-version"), LibTorch.ExpectedVersion);

        var text = await DoctorAsync(folder.Path);

        Assert.Matches($"problem +libtorch +'{folder.File(NativeNames.Library("torch"))}' cannot be loaded: .+ Check that LLMKICK_LIBTORCH",
            text);
        Assert.DoesNotContain("TorchSharp: LoadNativeBackend", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Path.GetDirectoryName(LlmKickProcess.Path)!, "cpu")));
    }

    [Fact]
    public void Cuda_WithoutIt_IsRefusedBeforeTheModelIsRead()
    {
        Assert.SkipWhen(LibTorch.Find().HasCuda, "This libtorch is for CUDA.");
        var result = Tool.Run("score", folder.File("none.gguf"), "--device", "cuda");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("cuda:0 was asked for, and libtorch in ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private static async Task<string> DoctorAsync(string libTorch, params (string Name, string Value)[] variables)
    {
        var environment = variables.Append((LibTorch.Variable, libTorch)).ToDictionary(pair => pair.Item1, pair => (string?)pair.Item2);
        var result = await LlmKickProcess.RunAsync(environment, "doctor");
        Assert.Empty(result.Error);
        return result.Output;
    }

    // Links, not copies: the libraries are half a gigabyte. Two small ones are copies: a second load of links would not be told apart.
    private void LinkLibraries(params string[] place)
    {
        var target = Directory.CreateDirectory(folder.File(place)).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(LibTorch.Find().Bridge)!))
            if (Path.GetFileName(file) is var name && (name == NativeNames.Library("c10") || name == NativeNames.Library("LibTorchSharp")))
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            else
                File.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(file)), file);
    }
}
