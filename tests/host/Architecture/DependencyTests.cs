using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Architecture;

/// <summary>Dependencies point one way: <c>plugins → sdk ← host</c>.</summary>
public sealed class DependencyTests
{
    private const string Sdk = "LlmKick.Sdk";

    private static readonly string PluginFolder = Path.Combine(Tool.Folder, "plugins");

    public static TheoryData<string> Plugins { get; } =
        [.. Directory.GetDirectories(PluginFolder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Sdk_References_NoOther() => Assert.Empty(Own(Path.Combine(Tool.Folder, "LlmKick.Sdk.dll")));

    [Fact]
    public void Sdk_References_OnlyTorchSharpAndLoggingBesideThePlatform() =>
        Assert.DoesNotContain(
            References(Path.Combine(Tool.Folder, "LlmKick.Sdk.dll")),
            name => !name.StartsWith("System.", StringComparison.Ordinal)
                && name is not ("TorchSharp" or "Microsoft.Extensions.Logging.Abstractions"));

    [Fact]
    public void Host_References_OnlyTheSdk() => Assert.Equal([Sdk], Own(Path.Combine(Tool.Folder, "llmkick.dll")));

    [Theory]
    [MemberData(nameof(Plugins))]
    public void Plugin_References_OnlyTheSdk(string plugin) =>
        Assert.Equal([Sdk], Own(Path.Combine(PluginFolder, plugin, plugin + ".dll")));

    [Theory]
    [MemberData(nameof(Plugins))]
    public void Plugin_Folder_HasNoCopyOfWhatTheHostShares(string plugin) =>
        Assert.DoesNotContain(
            Directory.GetFiles(Path.Combine(PluginFolder, plugin), "*.dll").Select(Path.GetFileNameWithoutExtension),
            name => name is Sdk or "TorchSharp" or "Microsoft.Extensions.Logging.Abstractions");

    [Fact]
    public void Plugins_InTheRepository_AreAllBuiltBesideTheHost() =>
        Assert.Equal(
            Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "plugins"), "*.csproj", SearchOption.AllDirectories)
                .Select(file => "LlmKick." + Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
            Plugins.Select(row => row.Data));

    private static IEnumerable<string> Own(string assembly) =>
        References(assembly).Where(name => name.StartsWith("LlmKick", StringComparison.OrdinalIgnoreCase));

    private static List<string> References(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
