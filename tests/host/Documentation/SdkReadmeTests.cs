using LlmKick.Plugins;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Documentation;

public sealed class SdkReadmeTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;\n";

    [Fact]
    public void Readme_Plugin_CompilesAndLoads()
    {
        using var folder = new TemporaryFolder();
        var readme = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "sdk", "LlmKick.Sdk", "README.md"));
        var code = readme.Split("```csharp\n")[1].Split("```")[0];
        TestPlugin.Build(folder, "Contoso.Threshold",
            ImplicitUsings + code.Replace("namespace ", TestPlugin.Stamp("1.0") + "\nnamespace ", StringComparison.Ordinal));

        var catalog = folder.LoadPlugins();

        Assert.Null(Assert.Single(catalog.Plugins).Problem);
        Assert.NotNull(catalog.Find(PluginKind.Compressor, "threshold"));
    }
}
