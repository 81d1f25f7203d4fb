using System.Reflection;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Plugins;

/// <summary>Loads plugins. One that cannot be loaded becomes a row with a reason; the others are not touched by it.</summary>
internal sealed class PluginLoader
{
    private readonly PluginGate gate;
    private readonly PluginActivator activator;
    private readonly List<PluginStatus> plugins = [];
    private readonly List<PluginComponent> components = [];

    private PluginLoader(SharedAssemblies shared)
    {
        gate = new PluginGate(shared);
        activator = new PluginActivator(shared);
    }

    /// <summary>Loads the plugins of some folders.</summary>
    public static PluginCatalog Load(IReadOnlyList<PluginFolder> folders)
    {
        var loader = new PluginLoader(new SharedAssemblies());
        foreach (var folder in folders)
            loader.Add(folder);
        return new PluginCatalog(loader.plugins, loader.components);
    }

    private void Add(PluginFolder folder)
    {
        var name = Path.GetFileNameWithoutExtension(folder.Main) ?? Path.GetFileName(folder.Path);
        if (folder.Main is null)
        {
            plugins.Add(new PluginStatus(name, null, folder.Path, null, folder.Problem));
            return;
        }
        try
        {
            Add(AssemblyFileReader.Read(folder.Main));
        }
        catch (Exception failure) when (failure is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            var reason = failure is BadImageFormatException ? "It is not a .NET assembly, or a damaged one. Copy it again."
                : FileFault.Explain(failure);
            plugins.Add(new PluginStatus(name, null, folder.Main, null, reason));
        }
    }

    private void Add(AssemblyFile plugin)
    {
        var status = new PluginStatus(plugin.Name, plugin.InformationalVersion ?? plugin.Version.ToString(3), plugin.Path,
            plugin.SdkVersion, null);
        var problem = NameTaken(plugin) ?? gate.Check(plugin) ?? Register(plugin, status);
        plugins.Add(status with { Problem = problem });
    }

    private string? NameTaken(AssemblyFile plugin) =>
        plugins.FirstOrDefault(other => other.Name == plugin.Name && other.Problem is null) is { } first
            ? $"A plugin of this name is already loaded from '{first.Path}'. Remove one of the two."
            : null;

    private string? Register(AssemblyFile plugin, PluginStatus status)
    {
        var registry = new PluginRegistry(status);
        try
        {
            activator.Create(plugin).Register(registry);
        }
        catch (Exception failure)
        {
            return Reason(failure);
        }
        if (registry.Components.FirstOrDefault(IsTaken) is { } taken)
            return $"It offers the {PluginRegistry.Word(taken.Kind)} '{taken.Name}', which {Owner(taken)} already offers. Rename it or "
                + $"remove one of the two.";
        components.AddRange(registry.Components);
        foreach (var kind in registry.Components.Where(component => component.Kind is PluginKind.Encoding or PluginKind.Request))
            ((Action)kind.Create(kind))();
        return registry.Components.Count == 0
            ? "It registers nothing. Add a compressor, model, task, format or report section in IPlugin.Register."
            : null;
    }

    private bool IsTaken(PluginComponent component) => components.Any(other => IsSame(other, component));

    private string Owner(PluginComponent component) => components.First(other => IsSame(other, component)).Plugin.Name;

    private static bool IsSame(PluginComponent left, PluginComponent right) => left.Kind == right.Kind && left.Name == right.Name;

    private static string Reason(Exception failure) => failure switch
    {
        LlmKickException => failure.Message,
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => $"Its types cannot be loaded: {FirstLine(first)}",
        FileNotFoundException { FileName: { } file } => $"It needs {file}, which was not found. Copy the whole build output of the plugin.",
        _ => $"It failed while registering: {failure.GetType().Name}: {FirstLine(failure)}",
    };

    private static string FirstLine(Exception failure) => failure.Message.ReplaceLineEndings("\n").Split('\n')[0];
}
