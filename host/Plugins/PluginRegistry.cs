using System.Text.RegularExpressions;
using LlmKick.Options;
using LlmKick.Sdk;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Reports;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Plugins;

/// <summary>Collects what one plugin offers.</summary>
internal sealed partial class PluginRegistry(PluginStatus plugin) : IPluginRegistry
{
    private readonly List<PluginComponent> components = [];

    /// <summary>What was offered.</summary>
    public IReadOnlyList<PluginComponent> Components => components;

    public void AddCompressor<TOptions>(string name, string help, Func<TOptions, ICompressor> create) where TOptions : class, new() =>
        Add(PluginKind.Compressor, name, help, create);

    public void AddModel<TOptions>(string name, string help, Func<TOptions, IModelLoader> create) where TOptions : class, new() =>
        Add(PluginKind.Model, name, help, create);

    public void AddTask<TOptions>(string name, string help, Func<TOptions, ITask> create) where TOptions : class, new() =>
        Add(PluginKind.Task, name, help, create);

    public void AddCheckpointFormat(ICheckpointWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var format = writer.Format;
        if (format.Extension is { } extension && !extension.StartsWith('.'))
            throw new LlmKickException($"The format '{format.Name}' has the extension '{extension}': begin it with a dot.");
        Add<object, ICheckpointWriter>(PluginKind.Format, format.Name, format.Help, _ => writer);
    }

    public void AddEncoding<TEncoding>(string kind, string help) where TEncoding : LinearEncoding
    {
        if (StoredKinds.IsOwn<LinearEncoding>(kind))
            throw new LlmKickException($"The encoding '{kind}' is one of the SDK itself: choose another name.");
        Add<object, Action>(PluginKind.Encoding, kind, help, _ => () => StoredKinds.Add<LinearEncoding>(kind, typeof(TEncoding)));
    }

    public void AddRequest<TRequest, TResponse>(string name, string help) where TRequest : Request where TResponse : Response
    {
        if (StoredKinds.IsOwn<Request>(name))
            throw new LlmKickException($"The request '{name}' is one of the SDK itself: choose another name.");
        Add<object, Action>(PluginKind.Request, name, help, _ => () =>
        {
            StoredKinds.Add<Request>(name, typeof(TRequest));
            StoredKinds.Add<Response>(name, typeof(TResponse));
        });
    }

    public void AddReportSection(string name, string help, Func<RunView, ReportSection?> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        Add<object, object>(PluginKind.ReportSection, name, help, _ => make);
    }

    private void Add<TOptions, TComponent>(PluginKind kind, string name, string help, Func<TOptions, TComponent> create)
        where TOptions : class, new() where TComponent : class
    {
        ArgumentNullException.ThrowIfNull(create);
        if (name is null || !NamePattern().IsMatch(name))
            throw new LlmKickException(
                $"'{name}' is no name for a {Word(kind)}: lower case letters, digits, hyphens and underscores, a letter first.");
        if (components.Any(other => other.Kind == kind && other.Name == name))
            throw new LlmKickException($"The {Word(kind)} '{name}' is registered twice.");
        components.Add(new PluginComponent(kind, name, help, OptionSetReader.Read(typeof(TOptions)),
            options => create((TOptions)options), plugin));
    }

    /// <summary>A kind of component in a sentence.</summary>
    public static string Word(PluginKind kind) => kind == PluginKind.ReportSection ? "report section" : kind.ToString().ToLowerInvariant();

    [GeneratedRegex("^[a-z][a-z0-9_-]*$")]
    private static partial Regex NamePattern();
}
