using LlmKick.Plugins;

namespace LlmKick.Tests.Plugins;

public sealed class PluginLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_PluginOfThisSdk_OffersItsComponents()
    {
        TestPlugin.Build(folder, "Good", TestPlugin.Source("idle"));

        var catalog = folder.LoadPlugins();

        Assert.Null(Assert.Single(catalog.Plugins).Problem);
        var component = Assert.Single(catalog.Components);
        Assert.Equal((PluginKind.Compressor, "idle"), (component.Kind, component.Name));
        Assert.IsAssignableFrom<Sdk.Compression.ICompressor>(component.Create(Activator.CreateInstance(component.Options.Type)!));
    }

    [Theory]
    [InlineData("2.0", "It was built against SDK 2.0, this is SDK 1.0.")]
    [InlineData("1.7", "It was built against SDK 1.7, which is newer than this SDK 1.0.")]
    [InlineData("?", "It does not say which SDK it was built against.")]
    public void Load_OtherSdk_IsRefusedBeforeItsCodeRuns(string sdk, string reason)
    {
        var trace = folder.File("ran.txt");
        TestPlugin.Build(folder, "Other", TestPlugin.Source("idle", sdk: sdk, extra: $$"""
            static class Startup { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Run() => System.IO.File.WriteAllText(@"{{trace}}", ""); }
            """));

        AssertProblem(reason);

        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void Load_DependencyMissing_NamesIt()
    {
        var library = TestAssembly.Compile(folder.File("build", "Helper.dll"),
            "public static class Helper { public static void Help() { } }");
        TestPlugin.Build(folder, "Needy", TestPlugin.Source("idle", "Helper.Help();"), library);
        File.Delete(library);

        AssertProblem("It needs Helper 0.0.0.0, which is not in its folder.");
    }

    [Fact]
    public void Load_HostLibraryWithoutOwnCopy_IsMissing()
    {
        TestPlugin.Build(folder, "Yaml", TestPlugin.Source("idle", "new YamlDotNet.Serialization.SerializerBuilder();"));

        AssertProblem("It needs YamlDotNet 18.0.0.0, which is not in its folder.");
    }

    [Fact]
    public void Load_RegisterThrows_ShowsTheMessage()
    {
        TestPlugin.Build(folder, "Throws", TestPlugin.Entry("throw new System.InvalidOperationException(\"No licence found.\");"));

        AssertProblem("It failed while registering: InvalidOperationException: No licence found.");
    }

    [Fact]
    public void Load_TypesNeedAbsentMember_SaysSo()
    {
        var source = TestPlugin.Source("idle", extra: "public sealed class Lost : LlmKick.Sdk.Models.Missing { }");
        var sdk = TestAssembly.Compile(folder.File("build", "LlmKick.Sdk.Extra.dll"),
            "namespace LlmKick.Sdk.Models; public class Missing { }");
        TestPlugin.Build(folder, "Lost", source, sdk);
        TestAssembly.Compile(folder.File("Lost", "LlmKick.Sdk.Extra.dll"), "public class Nothing { }");
        Directory.Delete(folder.File("build"), recursive: true);

        AssertProblem("Its types cannot be loaded:");
    }

    [Fact]
    public void Load_NoEntryPoint_SaysWhatToAdd()
    {
        TestPlugin.Build(folder, "Empty", "using LlmKick.Sdk; [assembly: System.Reflection.AssemblyMetadata(\"LlmKickSdkVersion\", "
            + "\"1.0\")] public class A { public LlmKickException? B; }");

        AssertProblem("It has no class that implements IPlugin.");
    }

    [Fact]
    public void Load_TwoEntryPoints_NamesBoth()
    {
        TestPlugin.Build(folder, "Twice", TestPlugin.Source("idle",
            extra: "public sealed class Second : IPlugin { public void Register(IPluginRegistry registry) { } }"));

        AssertProblem("Plugin and Second all implement IPlugin.");
    }

    [Fact]
    public void Load_EntryPointWithoutConstructor_SaysWhatToAdd()
    {
        TestPlugin.Build(folder, "Closed", TestPlugin.Entry("", members: "private Plugin() { }"));

        AssertProblem("Plugin has no public parameterless constructor.");
    }

    [Fact]
    public void Load_NothingRegistered_IsAProblem()
    {
        TestPlugin.Build(folder, "Silent", TestPlugin.Entry(""));

        AssertProblem("It registers nothing.");
    }

    [Fact]
    public void Load_ComponentNameWithCapitals_IsRefused()
    {
        TestPlugin.Build(folder, "Capital", TestPlugin.Source("Wanda"));

        AssertProblem("'Wanda' is no name for a compressor");
    }

    [Fact]
    public void Load_OptionOfUnknownType_NamesTheProperty()
    {
        TestPlugin.Build(folder, "Options",
            TestPlugin.Source("idle", options: "[Option(\"A map.\")] public System.Collections.Hashtable? Map { get; init; }"));

        AssertProblem("The option 'Settings.Map' cannot be given in recipes");
    }

    [Fact]
    public void Load_OwnLibTorch_IsRefused()
    {
        TestPlugin.Build(folder, "Native", TestPlugin.Source("idle"));
        File.WriteAllText(folder.File("Native", "libtorch_cpu.so"), "");

        AssertProblem("It brings a libtorch of its own");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{ \"runtimeTarget\": { \"name\": \"x\" }, \"targets\": {}, \"libraries\": {} }")]
    [InlineData("{ \"runtimeTarget\": { \"name\": \"x\" }, \"targets\": { \"x\": { \"a/1\": { \"runtime\": 3 } } }, \"libraries\": {} }")]
    [InlineData("{ \"runtimeTarget\": { \"name\": \"x\" }, \"targets\": { \"x\": {} } }")]
    [InlineData(
        "{ \"runtimeTarget\": { \"name\": \"x\" }, \"targets\": { \"x\": {} }, \"libraries\": { \"a/1\": { \"type\": \"project\" } } }")]
    public void Load_DamagedDependencyFile_IsRefused(string json)
    {
        TestPlugin.Build(folder, "Damaged", TestPlugin.Source("idle"));
        File.WriteAllText(folder.File("Damaged", "Damaged.deps.json"), json);

        AssertProblem("Its 'Damaged.deps.json' is damaged.");
    }

    [Fact]
    public void Load_TruncatedAssembly_IsRefused()
    {
        var path = TestPlugin.Build(folder, "Half", TestPlugin.Source("idle"));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..1500]);

        AssertProblem("It is not a .NET assembly, or a damaged one.");
    }

    [Fact]
    public void Load_NotAnAssembly_IsRefused()
    {
        Directory.CreateDirectory(folder.File("Text"));
        File.WriteAllText(folder.File("Text", "Text.dll"), "hello");

        AssertProblem("It is not a .NET assembly, or a damaged one.");
    }

    [Fact]
    public void Load_SameNameTwice_RefusesTheSecond()
    {
        var first = TestPlugin.Build(folder, "Same", TestPlugin.Source("one"));
        var second = TestAssembly.Compile(folder.File("Zelda", "Same.dll"), TestPlugin.Source("two"));

        var catalog = folder.LoadPlugins();

        Assert.Equal([first, second], catalog.Plugins.Select(plugin => plugin.Path));
        Assert.StartsWith($"A plugin of this name is already loaded from '{first}'.", catalog.Plugins[1].Problem, StringComparison.Ordinal);
        Assert.Equal("one", Assert.Single(catalog.Components).Name);
    }

    [Fact]
    public void Load_ComponentOfferedTwice_RefusesTheSecondPlugin()
    {
        TestPlugin.Build(folder, "First", TestPlugin.Source("idle"));
        TestPlugin.Build(folder, "Later", TestPlugin.Source("idle"));

        var catalog = folder.LoadPlugins();

        Assert.Null(catalog.Plugins[0].Problem);
        Assert.StartsWith("It offers the compressor 'idle', which First already offers.", catalog.Plugins[1].Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ReportSectionOfferedTwice_RefusesTheSecondPlugin()
    {
        const string Register = """registry.AddReportSection("idle", "Tells nothing.", run => null);""";
        TestPlugin.Build(folder, "First", TestPlugin.Entry(Register));
        TestPlugin.Build(folder, "Later", TestPlugin.Entry(Register));
        TestPlugin.Build(folder, "Method", TestPlugin.Source("idle"));

        var catalog = folder.LoadPlugins();

        Assert.Null(catalog.Plugins[0].Problem);
        Assert.StartsWith("It offers the report section 'idle', which First already offers.", catalog.Plugins[1].Problem,
            StringComparison.Ordinal);
        Assert.Null(catalog.Plugins[2].Problem);
    }

    [Fact]
    public void Load_SeveralCandidates_AsksForAName()
    {
        TestAssembly.Compile(folder.File("Many", "One.dll"), TestPlugin.Source("one"));
        TestAssembly.Compile(folder.File("Many", "Two.dll"), TestPlugin.Source("two"));

        AssertProblem("One.dll and Two.dll were all built against LlmKick.Sdk.");
    }

    [Fact]
    public void Load_FormatOfferedTwice_RefusesTheSecondPlugin()
    {
        TestPlugin.Build(folder, "First", Format("plain"));
        TestPlugin.Build(folder, "Later", Format("plain"));

        var catalog = folder.LoadPlugins();

        Assert.StartsWith("It offers the format 'plain', which First already offers.", catalog.Plugins[1].Problem,
            StringComparison.Ordinal);
        Assert.Equal("plain", Assert.Single(catalog.Formats).Format.Name);
    }

    [Fact]
    public void Load_FormatWithAnExtensionWithoutADot_IsRefused()
    {
        TestPlugin.Build(folder, "First", Format("plain", "bin"));
        AssertProblem("The format 'plain' has the extension 'bin': begin it with a dot.");
    }

    [Fact]
    public void Load_EncodingOfTheSdk_IsRefused()
    {
        TestPlugin.Build(folder, "First", TestPlugin.Entry("registry.AddEncoding<PrunedEncoding>(\"pruned\", \"Mine.\");"));
        AssertProblem("The encoding 'pruned' is one of the SDK itself: choose another name.");
    }

    private static string Format(string name, string extension = ".bin") =>
        TestPlugin.Entry("registry.AddCheckpointFormat(new Form());", $$"""
        sealed class Form : LlmKick.Sdk.Checkpoints.ICheckpointWriter
        {
            public LlmKick.Sdk.Checkpoints.CheckpointFormat Format { get; } = new("{{name}}", "A test.", [], "{{extension}}");
            public LlmKick.Sdk.Checkpoints.CheckpointDraft Draft(LlmKick.Sdk.Checkpoints.ICheckpointModel model,
                LlmKick.Sdk.Checkpoints.CheckpointSettings settings) => new([]);
        }
        """);

    private void AssertProblem(string reason)
    {
        TestPlugin.Build(folder, "Zebra", TestPlugin.Source("zebra"));
        var catalog = folder.LoadPlugins();

        Assert.StartsWith(reason, catalog.Plugins.Single(plugin => plugin.Name != "Zebra").Problem, StringComparison.Ordinal);
        Assert.Equal("zebra", Assert.Single(catalog.Components).Name);
    }
}
