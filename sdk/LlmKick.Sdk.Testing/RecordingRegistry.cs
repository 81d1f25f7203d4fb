using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Reports;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk.Testing;

/// <summary>A registry that keeps what a plugin offers.</summary>
public sealed class RecordingRegistry : IPluginRegistry
{
    private readonly List<OfferedComponent> components = [];

    /// <summary>What was offered, in order.</summary>
    public IReadOnlyList<OfferedComponent> Components => components;

    /// <summary>What a plugin offers.</summary>
    /// <typeparam name="TPlugin">The plugin.</typeparam>
    public static IReadOnlyList<OfferedComponent> Of<TPlugin>() where TPlugin : IPlugin, new()
    {
        var registry = new RecordingRegistry();
        new TPlugin().Register(registry);
        return registry.Components;
    }

    /// <inheritdoc/>
    public void AddCompressor<TOptions>(string name, string help, Func<TOptions, ICompressor> create) where TOptions : class, new() =>
        Add(ComponentKind.Compressor, name, help, create);

    /// <inheritdoc/>
    public void AddModel<TOptions>(string name, string help, Func<TOptions, IModelLoader> create) where TOptions : class, new() =>
        Add(ComponentKind.Model, name, help, create);

    /// <inheritdoc/>
    public void AddTask<TOptions>(string name, string help, Func<TOptions, ITask> create) where TOptions : class, new() =>
        Add(ComponentKind.Task, name, help, create);

    /// <inheritdoc/>
    public void AddCheckpointFormat(ICheckpointWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Add<object, ICheckpointWriter>(ComponentKind.CheckpointFormat, writer.Format.Name, writer.Format.Help, _ => writer);
    }

    /// <inheritdoc/>
    public void AddEncoding<TEncoding>(string kind, string help) where TEncoding : LinearEncoding =>
        Add<object, Type>(ComponentKind.Encoding, kind, help, _ => typeof(TEncoding));

    /// <inheritdoc/>
    public void AddRequest<TRequest, TResponse>(string name, string help) where TRequest : Request where TResponse : Response =>
        Add<object, object>(ComponentKind.Request, name, help, _ => typeof(TRequest));

    /// <inheritdoc/>
    public void AddReportSection(string name, string help, Func<RunView, ReportSection?> make) =>
        Add<object, object>(ComponentKind.ReportSection, name, help, _ => make);

    private void Add<TOptions, TComponent>(ComponentKind kind, string name, string help, Func<TOptions, TComponent> create)
        where TComponent : class
    {
        ArgumentNullException.ThrowIfNull(create);
        components.Add(new OfferedComponent(kind, name, help, typeof(TOptions), options => create((TOptions)options)));
    }
}
