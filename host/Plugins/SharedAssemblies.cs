using LlmKick.Sdk;

namespace LlmKick.Plugins;

/// <summary>
/// The assemblies of which host and plugins have one copy, the host's: the SDK, TorchSharp, the logging abstractions and
/// all that these refer to. What a plugin exchanges with the host is made of their types.
/// </summary>
internal sealed class SharedAssemblies
{
    /// <summary>The assemblies that are shared for their own sake.</summary>
    public static readonly IReadOnlyList<string> Roots = ["LlmKick.Sdk", "TorchSharp", "Microsoft.Extensions.Logging.Abstractions"];

    private readonly Dictionary<string, string> hostFiles;
    private readonly Lazy<Dictionary<string, AssemblyFile>> closure;

    /// <summary>Finds the shared assemblies of this process.</summary>
    public SharedAssemblies()
        : this((AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) { }

    private SharedAssemblies(IEnumerable<string> files)
    {
        hostFiles = files.DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        closure = new Lazy<Dictionary<string, AssemblyFile>>(FindClosure);
    }

    /// <summary>The SDK version that this host offers.</summary>
    public static Version SdkVersion { get; } =
        Version.Parse(AssemblyFileReader.Read(typeof(IPlugin).Assembly.Location).SdkVersion
            ?? typeof(IPlugin).Assembly.GetName().Version!.ToString(2));

    /// <summary>The shared assemblies, by name.</summary>
    public IReadOnlyDictionary<string, AssemblyFile> All => closure.Value;

    /// <summary>Whether an assembly is part of .NET itself.</summary>
    public bool IsFramework(string name) =>
        hostFiles.TryGetValue(name, out var file) && Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location);

    /// <summary>The version of an assembly that is part of .NET itself; null where it is not.</summary>
    public Version? FrameworkVersion(string name) => IsFramework(name) ? AssemblyFileReader.Read(hostFiles[name]).Version : null;

    private Dictionary<string, AssemblyFile> FindClosure()
    {
        var found = new Dictionary<string, AssemblyFile>(StringComparer.Ordinal);
        var open = new Stack<string>(Roots);
        while (open.TryPop(out var name))
            if (hostFiles.TryGetValue(name, out var path) && !found.ContainsKey(name))
            {
                found[name] = AssemblyFileReader.Read(path);
                foreach (var reference in found[name].References)
                    open.Push(reference.Name);
            }
        return found;
    }
}
