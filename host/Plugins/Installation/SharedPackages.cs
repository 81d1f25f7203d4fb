namespace LlmKick.Plugins.Installation;

/// <summary>What a plugin's folder need not hold, because llmkick shares its own copy or .NET has it.</summary>
internal sealed class SharedPackages(SharedAssemblies shared)
{
    private static readonly string[] Families = ["LlmKick.Sdk", "TorchSharp", "libtorch-"];

    private readonly HashSet<string> names = new(shared.All.Keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a package is one of the SDK's own or of those that the SDK needs.</summary>
    public bool HasPackage(string id) => names.Contains(id)
        || Families.Any(family => id.StartsWith(family, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file of a package is an assembly that llmkick shares.</summary>
    public bool HasAssembly(string path) => Path.GetExtension(path) == ".dll" && names.Contains(Path.GetFileNameWithoutExtension(path));

    /// <summary>Whether .NET itself has an assembly in this version or a newer one.</summary>
    public bool IsInFramework(string file) =>
        shared.FrameworkVersion(Path.GetFileNameWithoutExtension(file)) is { } ours && AssemblyFileReader.TryRead(file) is { } theirs
            && theirs.Version <= ours;
}
