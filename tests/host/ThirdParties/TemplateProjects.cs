namespace LlmKick.Tests.ThirdParties;

/// <summary>What each template writes, built together.</summary>
public sealed class TemplateProjects(StrangersMachine machine) : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Kinds =
        new() { ["Contoso.Method"] = "compressor", ["contoso-pairs"] = "task", ["Bigrams"] = "model", ["Plain"] = "format" };

    /// <summary>The folder that holds all.</summary>
    public string Folder { get; } = machine.Make("templates");

    /// <summary>What the build printed.</summary>
    public string BuildOutput { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, kind) in Kinds)
            await machine.ExpectAsync(Folder, $"dotnet new llmkick-{kind} -n {name}");
        var projects = Kinds.Keys.SelectMany(name => (string[])[$"{name}/plugin/{name}.csproj", $"{name}/tests/{name}.Tests.csproj"]);
        File.WriteAllText(Path.Combine(Folder, "All.slnx"),
            $"<Solution>{string.Concat(projects.Select(path => $"<Project Path=\"{path}\" />"))}</Solution>");
        BuildOutput = await machine.ExpectAsync(Folder, "dotnet build All.slnx");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
