namespace LlmKick.Plugins;

/// <summary>Decides from files alone whether a plugin can be loaded, before any of its code runs.</summary>
internal sealed class PluginGate(SharedAssemblies shared)
{
    private static readonly string[] LibTorchFiles =
        ["libtorch.so", "libtorch_cpu.so", "torch_cpu.dll", "torch.dll", "libtorch_cpu.dylib", "libtorch.dylib"];

    /// <summary>Checks a plugin.</summary>
    /// <param name="plugin">Its main assembly.</param>
    /// <returns>Why it cannot be loaded, or null.</returns>
    public string? Check(AssemblyFile plugin)
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(plugin.Path)!, "*", SearchOption.AllDirectories);
        var own = files.Where(file => Path.GetExtension(file) == ".dll")
            .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        return CheckSdk(plugin) ?? CheckShared(plugin, own) ?? CheckMissing(plugin, own) ?? CheckLibTorch(files)
            ?? CheckDependencyFile(plugin);
    }

    private static string? CheckSdk(AssemblyFile plugin)
    {
        if (plugin.ReferenceTo("LlmKick.Sdk") is null)
            return "It does not use LlmKick.Sdk, so it is not a plugin. Remove it from the plugin folder.";
        var ours = SharedAssemblies.SdkVersion;
        if (!Version.TryParse(plugin.SdkVersion, out var theirs))
            return $"It does not say which SDK it was built against. Build it with a reference to the package LlmKick.Sdk {ours}.";
        if (theirs.Major != ours.Major)
            return $"It was built against SDK {theirs}, this is SDK {ours}. Build it against LlmKick.Sdk {ours.Major}.x, or use a llmkick "
                + $"with SDK {theirs.Major}.x.";
        return theirs > ours ? $"It was built against SDK {theirs}, which is newer than this SDK {ours}. Update llmkick, or build it "
            + $"against LlmKick.Sdk {ours}." : null;
    }

    private string? CheckShared(AssemblyFile plugin, Dictionary<string, string> own)
    {
        foreach (var file in Reachable(plugin, own))
            foreach (var asked in file.References)
                if (shared.All.TryGetValue(asked.Name, out var ours) && asked.Version > ours.Version)
                    return $"{file.Name} needs {asked.Name} {asked.Version}, and llmkick shares its own {ours.Version}. Build it against "
                        + $"{ours.Version} or older, or update llmkick.";
        return null;
    }

    private string? CheckMissing(AssemblyFile plugin, Dictionary<string, string> own)
    {
        var missing = plugin.References.FirstOrDefault(asked =>
            !own.ContainsKey(asked.Name) && !shared.IsFramework(asked.Name) && !shared.All.ContainsKey(asked.Name));
        return missing is null ? null
            : $"It needs {missing.Name} {missing.Version}, which is not in its folder. Copy the whole build output of the plugin.";
    }

    private static string? CheckLibTorch(IEnumerable<string> files) =>
        files.FirstOrDefault(file => LibTorchFiles.Contains(Path.GetFileName(file))) is { } file
            ? $"It brings a libtorch of its own ('{file}'), and a process has only one. Remove its reference to TorchSharp-cpu or -cuda; "
                + $"LlmKick.Sdk is enough."
            : null;

    private static string? CheckDependencyFile(AssemblyFile plugin) =>
        DependencyFile.IsDamaged(Path.ChangeExtension(plugin.Path, ".deps.json"))
            ? $"Its '{plugin.Name}.deps.json' is damaged. Copy the whole build output of the plugin again."
            : null;

    private IEnumerable<AssemblyFile> Reachable(AssemblyFile plugin, Dictionary<string, string> own)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { plugin.Name };
        var open = new Queue<AssemblyFile>([plugin]);
        while (open.TryDequeue(out var file))
        {
            yield return file;
            foreach (var asked in file.References)
                if (!shared.All.ContainsKey(asked.Name) && own.TryGetValue(asked.Name, out var path) && seen.Add(asked.Name)
                    && AssemblyFileReader.TryRead(path) is { } next)
                    open.Enqueue(next);
        }
    }
}
