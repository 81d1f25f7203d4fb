using LlmKick.Sdk;

namespace LlmKick.Plugins.Installation;

/// <summary>Prepares a plugin's folder beside its place, and asks the loader's gate whether it could be loaded.</summary>
internal sealed class PluginStaging(InstallationFolder folder, SharedAssemblies assemblies, SharedPackages shared)
{
    /// <summary>Prepares a plugin.</summary>
    /// <param name="plugin">Its package.</param>
    /// <param name="needs">What it needs.</param>
    /// <returns>What the lock file is to say.</returns>
    /// <exception cref="LlmKickException">It is no plugin, or one that cannot be loaded.</exception>
    public LockedPlugin Prepare(PluginPackage plugin, Dependencies needs)
    {
        if (!plugin.IsPlugin)
            throw new LlmKickException($"{plugin.Id} {plugin.Version} is no plugin for llmkick: its package type is not LlmKickPlugin. "
                + $"Name a plugin's package; what plugins need is installed with them.");
        var target = folder.New(plugin.Id);
        Guarded(plugin, () => Unpack(plugin, plugin.PluginFiles(), target));
        foreach (var library in needs.Libraries)
            Guarded(library, () => UnpackLibrary(library, target));
        if (Fault(target) is { } fault)
            throw new LlmKickException($"{plugin.Id} {plugin.Version} cannot be used: {fault} Nothing was installed.");
        return new LockedPlugin
        {
            Version = plugin.Version.ToNormalizedString(),
            Source = plugin.Source,
            Sha512 = plugin.Sha512,
            Requires = needs.Requires.ToDictionary(other => other.Key, other => other.Value.ToNormalizedString()),
            Packages = needs.Libraries.ToDictionary(library => library.Id,
                library => new LockedPackage(library.Version.ToNormalizedString(), library.Source, library.Sha512)),
            Files = FileHash.OfFolder(target),
        };
    }

    private void UnpackLibrary(PluginPackage library, string target)
    {
        var files = RuntimeAssets.Choose(library.Archive.Files)
            .Where(file => !shared.HasAssembly(file.Value) && !File.Exists(Path.Combine(target, file.Value))).ToList();
        Unpack(library, files, target);
        foreach (var file in files.Select(file => Path.Combine(target, file.Value)).Where(shared.IsInFramework))
            File.Delete(file);
    }

    private static void Unpack(PluginPackage package, IEnumerable<KeyValuePair<string, string>> files, string target)
    {
        foreach (var (file, path) in files)
            package.Archive.Unpack(file, Path.Combine(target, path));
    }

    private static void Guarded(PluginPackage package, Action work)
    {
        try
        {
            work();
        }
        catch (PackageFaultException fault)
        {
            throw PackageStore.Refused(package.Id, package.Version, package.Source, fault);
        }
    }

    private string? Fault(string target)
    {
        if (PluginFolder.Open(target) is not { } found)
            return "It holds no assembly.";
        try
        {
            return found.Main is { } main ? new PluginGate(assemblies).Check(AssemblyFileReader.Read(main)) : found.Problem;
        }
        catch (BadImageFormatException)
        {
            return $"'{Path.GetFileName(found.Main)}' is no .NET assembly, or a damaged one.";
        }
    }
}
