using System.CommandLine;
using LlmKick.Hub;
using LlmKick.Plugins;
using LlmKick.Runtime;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Terminals;
using Microsoft.Extensions.Logging;

namespace LlmKick.Commands;

/// <summary>The model that a command line names: for the verbs that look at one model without a recipe.</summary>
internal sealed class ModelSource(PluginSource plugins, RemoteFiles remote, ILogger<ModelSource> logger)
{
    private const string Component = "transformers";

    /// <summary>The argument that names the model.</summary>
    public static Argument<string> Model { get; } = new("MODEL") { Description =
        "A GGUF file, a folder with config.json and weights, or a name on the hub, "
        + "org/name[@revision][:file.gguf] or hub:name, which is fetched where it is not here" };

    public static Option<DataType> Type { get; } = new("--dtype") { Description = "auto, float32, bfloat16 or float16", HelpName = "TYPE" };

    /// <summary>Adds what a verb needs to find its model.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(Model);
        command.Options.Add(RunOptions.Device);
        command.Options.Add(Type);
        command.Options.Add(RunOptions.Threads);
    }

    /// <summary>Loads the model's tokenizer alone.</summary>
    public async Task<ITokenizer> LoadTokenizerAsync(ParseResult line, CancellationToken cancellationToken) =>
        (await LoaderAsync(line, cancellationToken)).LoadTokenizer();

    /// <summary>Lists what the model's files hold; null where it has none.</summary>
    public async Task<ModelContents?> InspectAsync(ParseResult line, bool countZeros, CancellationToken cancellationToken)
    {
        var loader = await LoaderAsync(line, cancellationToken);
        // Zeros or not: whether a model can be loaded may depend on numbers, such as those of a head beside a tied embedding.
        return await ComputeThread.RunAsync(() =>
        {
            TensorRuntime.Start(DeviceName.Parse(null), ComputeThreads.Resolve(null));
            return loader.Inspect(countZeros, cancellationToken);
        });
    }

    /// <summary>Loads the model.</summary>
    public async Task<ILanguageModel> LoadAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var loader = await LoaderAsync(line, cancellationToken);
        var device = DeviceName.Parse(line.GetValue(RunOptions.Device));
        var threads = ComputeThreads.Resolve(line.GetValue(RunOptions.Threads));
        return await ComputeThread.RunAsync(() => loader.Load(
            new ModelLoadContext { Device = TensorRuntime.Start(device, threads), DataType = line.GetValue(Type), Logger = logger },
            cancellationToken));
    }

    private async Task<IModelLoader> LoaderAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var component = plugins.Load(line, []).Find(PluginKind.Model, Component)
            ?? throw new LlmKickException($"The model plugin '{Component}' is not there. See 'llmkick list' for the reason.");
        var options = Activator.CreateInstance(component.Options.Type)!;
        component.Options.Options.First(option => option.Key == "path")
            .Property.SetValue(options, await PathAsync(line, cancellationToken));
        return (IModelLoader)component.Create(options);
    }

    /// <summary>What lies in the current folder is meant rather than a model of that name.</summary>
    private Task<string> PathAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var model = line.GetRequiredValue(Model);
        if (Path.Exists(model))
            return Task.FromResult(Path.GetFullPath(model));
        if (!RemoteAddress.Is(model) && !RemoteAddress.IsModelName(model))
            return RemoteAddress.NameFault(model, Directory.GetCurrentDirectory()) is { } fault
                ? throw new UsageException($"'{model}' {fault}") : Task.FromResult(model);
        return remote.FetchAsync(line, places => places.Of(AddressOf(model, HubKind.Model)), cancellationToken);
    }

    /// <summary>An address that a command line names.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static RemoteAddress AddressOf(string text, HubKind kind)
    {
        try
        {
            return RemoteAddress.Parse(text, kind);
        }
        catch (LlmKickException fault)
        {
            throw new UsageException($"'{text}' {fault.Message}");
        }
    }
}
