using LlmKick.Plugins;

namespace LlmKick.Tests.Plugins;

/// <summary>Source text of plugins, built against the SDK of this run.</summary>
internal static class TestPlugin
{
    private const string Usings = "using System; using LlmKick.Sdk; using LlmKick.Sdk.Compression; using LlmKick.Sdk.Options;\n";

    /// <summary>What the SDK's build adds to a plugin.</summary>
    public static string Stamp(string sdk) => $"[assembly: System.Reflection.AssemblyMetadata(\"LlmKickSdkVersion\", \"{sdk}\")]";

    /// <summary>A plugin with one compressor; <paramref name="compress"/> is what it does.</summary>
    public static string Source(string component, string compress = "", string sdk = "1.0", string extra = "", string options = "") => $$"""
        {{Usings}}
        {{Stamp(sdk)}}
        public sealed class Plugin : IPlugin
        {
            public void Register(IPluginRegistry registry) => registry.AddCompressor<Settings>("{{component}}", "Does nothing.", o => new Method());
        }
        public sealed record Settings { {{options}} }
        public sealed class Method : ICompressor
        {
            public InputStatistics Needs => InputStatistics.None;
            public void Compress(ITransformer model, CompressionContext context) { {{compress}} }
        }
        {{extra}}
        """;

    /// <summary>A plugin whose registration is <paramref name="register"/>.</summary>
    public static string Entry(string register, string members = "") => $$"""
        {{Usings}}
        {{Stamp("1.0")}}
        public sealed class Plugin : IPlugin
        {
            {{members}}
            public void Register(IPluginRegistry registry) { {{register}} }
        }
        """;

    /// <summary>Compiles a plugin into a folder of its own name.</summary>
    public static string Build(TemporaryFolder folder, string name, string source, params string[] references) =>
        TestAssembly.Compile(folder.File(name, name + ".dll"), source, references);

    /// <summary>Loads every plugin of a folder.</summary>
    public static PluginCatalog LoadPlugins(this TemporaryFolder folder) =>
        PluginLoader.Load([.. Directory.GetDirectories(folder.Path).Order(StringComparer.Ordinal).Select(PluginFolder.Open)
            .OfType<PluginFolder>()]);
}
