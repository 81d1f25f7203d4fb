namespace LlmKick.Tests.Plugins;

/// <summary>Source text of plugins, built against the SDK of this run.</summary>
internal static class TestPlugin
{
    /// <summary>A plugin with one compressor; <paramref name="compress"/> is what it does.</summary>
    public static string Source(string component, string compress = "", string sdk = "1.0", string extra = "", string options = "") => $$"""
        using System;
        using LlmKick.Sdk; using LlmKick.Sdk.Compression; using LlmKick.Sdk.Options;
        [assembly: System.Reflection.AssemblyMetadata("LlmKickSdkVersion", "{{sdk}}")]
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

    /// <summary>Compiles a plugin into a folder of its own name.</summary>
    public static string Build(TemporaryFolder folder, string name, string source, params string[] references) =>
        TestAssembly.Compile(folder.File(name, name + ".dll"), source, references);
}
