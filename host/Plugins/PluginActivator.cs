using System.Reflection;
using LlmKick.Sdk;
using McMaster.NETCore.Plugins;
using IsolatedLoader = McMaster.NETCore.Plugins.PluginLoader;

namespace LlmKick.Plugins;

/// <summary>Loads a plugin that passed the gate into a context of its own and creates its entry point.</summary>
internal sealed class PluginActivator(SharedAssemblies shared)
{
    /// <summary>Loads a plugin's assembly and creates its one <see cref="IPlugin"/>.</summary>
    /// <exception cref="LlmKickException">It has none, several, or one that cannot be created.</exception>
    public IPlugin Create(AssemblyFile plugin)
    {
        var assembly = IsolatedLoader.CreateFromAssemblyFile(plugin.Path, config => Configure(config, plugin.Path)).LoadDefaultAssembly();
        List<Type> types = [.. assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IPlugin)) && type is { IsAbstract: false, IsInterface: false })];
        if (types.Count != 1)
            throw new LlmKickException(types.Count == 0
                ? "It has no class that implements IPlugin. Add one public class with a parameterless constructor."
                : $"{string.Join(" and ", types.Select(type => type.Name))} all implement IPlugin. Keep one; it can register everything.");
        if (types[0].GetConstructor(Type.EmptyTypes) is not { } constructor)
            throw new LlmKickException($"{types[0].Name} has no public parameterless constructor. Add one.");
        return (IPlugin)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    /// <summary>
    /// Loading the whole shared closure up front would cost start-up time. A name needs to be announced only where a plugin's
    /// folder holds a file that could be taken instead, so announcing just these is as definite as announcing all.
    /// </summary>
    private void Configure(PluginConfig config, string path)
    {
        config.IsUnloadable = false;
        config.IsLazyLoaded = true;
        var copies = Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.dll", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension);
        foreach (var name in SharedAssemblies.Roots.Union(copies.OfType<string>().Where(shared.All.ContainsKey)))
            config.SharedAssemblies.Add(new AssemblyName(name));
    }
}
