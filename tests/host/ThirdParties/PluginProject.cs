using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.ThirdParties;

/// <summary>A plugin of a few lines with a dependency of its own.</summary>
public sealed class PluginProject(StrangersMachine machine) : IAsyncLifetime
{
    public const string Name = "Stranger";

    /// <summary>The project's folder.</summary>
    public string Folder { get; } = machine.Make(Name);

    /// <summary>What lies in the plugin's folder.</summary>
    public static IReadOnlyList<string> Files { get; } =
        ["CsvHelper.dll", $"{Name}.deps.json", $"{Name}.dll", $"{Name}.pdb", $"{Name}.runtimeconfig.json"];

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(Path.Combine(Folder, "Method.cs"),
            TestPlugin.Source("stranger", "using var x = TorchSharp.torch.ones(1); System.GC.KeepAlive(typeof(CsvHelper.CsvReader).Name);")
            .Replace(TestPlugin.Stamp("1.0"), "", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(Folder, $"{Name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <Version>1.2.3</Version>
                <Description>One &amp; "two"; three</Description>
                <PackageReadmeFile>README.md</PackageReadmeFile>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LlmKick.Sdk" Version="{LlmKick.Plugins.SharedAssemblies.SdkVersion}.0" />
                <PackageReference Include="CsvHelper" Version="33.1.0" />
                <LlmKickRecipe Include="recipes/*.yaml" />
                <None Include="README.md" Pack="true" PackagePath="/" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(Folder, "README.md"), "Read me.");
        await machine.ExpectAsync(Folder, "dotnet build");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Puts recipes in place of those that are there.</summary>
    internal void Write(params IEnumerable<(string Name, string Content)> recipes)
    {
        var folder = Path.Combine(Folder, "recipes");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in recipes)
            File.WriteAllText(Path.Combine(folder, name), content);
    }

    /// <summary>Builds, and gives back what was printed.</summary>
    internal async Task<ProcessResult> BuildAsync(string options = "") =>
        await machine.RunAsync(Folder, $"dotnet build --no-restore {options}");
}
