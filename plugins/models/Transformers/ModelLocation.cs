using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Hub;

namespace LlmKick.Transformers;

/// <summary>Where a model lies, and what it is called.</summary>
/// <param name="Path">An existing GGUF file or folder, unless the user's path is wrong.</param>
/// <param name="Name">A readable name.</param>
internal sealed record ModelLocation(string Path, string Name)
{
    public static ModelLocation Find(string path, HubCache cache)
    {
        if (!Exists(path) && HubName.Matches(path))
            return new ModelLocation(cache.Find(path), path);
        var name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(path));
        return new ModelLocation(path, Directory.Exists(path) ? name : System.IO.Path.GetFileNameWithoutExtension(name));
    }

    /// <summary>The files that a model is read from.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path).Where(IsOfModel).Order(StringComparer.Ordinal)]
        : GgufSplit.Files(Path);

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static bool IsOfModel(string file) => System.IO.Path.GetExtension(file) is ".safetensors" or ".bin" or ".json";
}
