using LlmKick.Runtime;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Runtime;

/// <summary>A libtorch of the user's; each case is a process of its own, since a process loads one.</summary>
public sealed class LibTorchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

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

        Assert.Matches($"problem +libtorch +'{folder.File(NativeNames.Library("torch"))}' cannot be loaded: .+ Check that LLMKICK_LIBTORCH", text);
        Assert.DoesNotContain("TorchSharp: LoadNativeBackend", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Path.GetDirectoryName(LlmKickProcess.Path)!, "cpu")));
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
