using System.Runtime.Loader;
using LlmKick.Plugins;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace LlmKick.Tests.Plugins;

public sealed class PluginIsolationTests : IDisposable
{
    private const string Logging = "Microsoft.Extensions.Logging.Abstractions";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_ConflictingPrivateDependencies_RunSideBySide()
    {
        BuildWithHelper("Older", "1.0.0.0", "public static string Name() => \"old\";");
        BuildWithHelper("Newer", "2.0.0.0", "public static string Name() => \"new\"; public static void OnlyNew() { }");

        var said = folder.LoadPlugins().Components.ToDictionary(component => component.Name, Run);

        Assert.Equal("old 1.0.0.0", said["older"]);
        Assert.Equal("new 2.0.0.0", said["newer"]);
    }

    [Fact]
    public void Load_OlderSharedDependencyWithOwnCopy_IsServedByTheHosts()
    {
        var older = CompileLogging("build", "9.0.0.0");
        TestPlugin.Build(folder, "Older", TestPlugin.Source("older", UseLogging), older);
        File.Copy(older, folder.File("Older", Path.GetFileName(older)));

        var component = Assert.Single(folder.LoadPlugins().Components);

        Assert.Equal(typeof(NullLogger).AssemblyQualifiedName, Run(component));
    }

    [Fact]
    public void Load_NewerSharedDependency_IsRefusedWithBothVersions()
    {
        var newer = CompileLogging("build", "11.0.0.0");
        TestPlugin.Build(folder, "Newer", TestPlugin.Source("newer", UseLogging), newer);
        File.Copy(newer, folder.File("Newer", Path.GetFileName(newer)));

        AssertRefused("Newer");
    }

    [Fact]
    public void Load_NewerSharedDependencyOfAPrivateOne_IsRefusedWithBothVersions()
    {
        var newer = CompileLogging("build", "11.0.0.0");
        var helper = TestAssembly.Compile(folder.File("Outer", "Helper.dll"), "public static class Helper { public static void Help() => "
            + "System.GC.KeepAlive(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance); }", newer);
        TestPlugin.Build(folder, "Outer", TestPlugin.Source("outer", "Helper.Help();"), helper);

        AssertRefused("Helper");
    }

    [Fact]
    public void Load_OwnCopiesOfSdkAndTorchSharp_AreIgnored()
    {
        TestPlugin.Build(folder, "Copies", TestPlugin.Source("copies",
            "throw new Exception(typeof(TorchSharp.torch).Assembly.Location + typeof(IPlugin).Assembly.Location);"));
        foreach (var type in (Type[])[typeof(torch), typeof(ICompressor)])
            File.Copy(type.Assembly.Location, folder.File("Copies", Path.GetFileName(type.Assembly.Location)));

        var component = Assert.Single(folder.LoadPlugins().Components);

        Assert.Equal(typeof(torch).Assembly.Location + typeof(ICompressor).Assembly.Location, Run(component));
    }

    [Fact]
    public void Load_Plugin_StaysOutOfTheDefaultContext()
    {
        TestPlugin.Build(folder, "Alone", TestPlugin.Source("alone"));

        var component = Assert.Single(folder.LoadPlugins().Components);

        Assert.NotSame(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(component.Options.Type.Assembly));
    }

    [Fact]
    public void Tensor_MadeInTheHost_IsUsedInAPluginAndBack()
    {
        TestPlugin.Build(folder, "Tensors", TestPlugin.Source("double",
            extra: "public static class Doubler { public static TorchSharp.torch.Tensor Double(TorchSharp.torch.Tensor x) => x.mul(2); }"));
        var component = Assert.Single(folder.LoadPlugins().Components);
        var twice = component.Options.Type.Assembly.GetType("Doubler")!.GetMethod("Double")!
            .CreateDelegate<Func<torch.Tensor, torch.Tensor>>();

        using var made = torch.tensor(new[] { 1f, 2f });
        using var back = twice(made);
        using var sum = back.add(made, Number.One);

        Assert.Equal([3f, 6f], sum.data<float>().ToArray());
    }

    private const string UseLogging =
        "throw new Exception(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance.GetType().AssemblyQualifiedName);";

    private string CompileLogging(string place, string version) => TestAssembly.Compile(folder.File(place, Logging + ".dll"), $$"""
        [assembly: System.Reflection.AssemblyVersion("{{version}}")]
        namespace Microsoft.Extensions.Logging { public interface ILogger { } }
        namespace Microsoft.Extensions.Logging.Abstractions { public class NullLogger : ILogger { public static NullLogger Instance { get; } = new(); } }
        """);

    private void BuildWithHelper(string name, string version, string members)
    {
        var helper = TestAssembly.Compile(folder.File(name, "Helper.dll"),
            $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")] public static class Helper {{ {members} }}");
        var use = name == "Newer" ? "Helper.OnlyNew();" : "";
        TestPlugin.Build(folder, name, TestPlugin.Source(name.ToLowerInvariant(),
            $"{use} throw new Exception(Helper.Name() + \" \" + typeof(Helper).Assembly.GetName().Version);"), helper);
    }

    private void AssertRefused(string asker)
    {
        var ours = typeof(NullLogger).Assembly.GetName().Version;
        var plugin = Assert.Single(folder.LoadPlugins().Plugins, plugin => plugin.SdkVersion is not null);
        Assert.StartsWith($"{asker} needs {Logging} 11.0.0.0, and llmkick shares its own {ours}.", plugin.Problem,
            StringComparison.Ordinal);
    }

    private static string Run(PluginComponent component)
    {
        var method = (ICompressor)component.Create(Activator.CreateInstance(component.Options.Type)!);
        return Assert.ThrowsAny<Exception>(() => method.Compress(null!, null!)).Message;
    }
}
