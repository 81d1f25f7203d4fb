using LlmKick.Sdk;
using LlmKick.Sdk.Templates;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Hub;

namespace LlmKick.Transformers;

/// <summary>Where a model lies, and what it is called.</summary>
/// <param name="Path">An existing GGUF file or folder.</param>
/// <param name="Name">A readable name.</param>
/// <param name="Adapter">The folder of the adapter that is merged into it; null for none.</param>
internal sealed record ModelLocation(string Path, string Name, string? Adapter = null)
{
    /// <summary>Finds a model by its path.</summary>
    /// <exception cref="LlmKickException">It is not there.</exception>
    public static ModelLocation Find(string path, string? adapter)
    {
        var found = Find(path);
        if (adapter is null)
            return found;
        var own = Find(adapter);
        return found with { Name = $"{found.Name}+{own.Name}", Adapter = own.Path };
    }

    /// <summary>Opens the weights.</summary>
    public IWeightSource Open() => WeightSource.Open(Path, Adapter);

    private static ModelLocation Find(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new LlmKickException($"'{path}' does not exist; give a GGUF file or a folder with config.json and safetensors.");
        var name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(path));
        return new ModelLocation(path, Directory.Exists(path) ? HubName.OfSnapshot(path) ?? name
            : System.IO.Path.GetFileNameWithoutExtension(name));
    }

    /// <summary>The files that a model is read from, and the folders that they lie in.</summary>
    public IReadOnlyList<string> Files() => Adapter is null ? FilesOf(Path) : [.. FilesOf(Path), .. FilesOf(Adapter)];

    private static IReadOnlyList<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
            return GgufSplit.Files(path);
        string[] folders = [.. new[] { path, System.IO.Path.Combine(path, ChatTemplateSet.MoreFolder) }.Where(Directory.Exists)];
        return [.. folders, .. folders.SelectMany(Directory.EnumerateFiles).Where(IsOfModel).Order(StringComparer.Ordinal)];
    }

    private static bool IsOfModel(string file) =>
        System.IO.Path.GetExtension(file) is ".safetensors" or ".bin" or ".json" or ".model" or ".jinja";
}
