using System.CommandLine;
using LlmKick.Plugins;
using LlmKick.Runtime;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Terminals;
using Microsoft.Extensions.Logging;

namespace LlmKick.Commands;

/// <summary>The model that a command line names: for the verbs that look at one model without a recipe.</summary>
internal sealed class ModelSource(PluginSource plugins, ILogger<ModelSource> logger)
{
    private const string Component = "transformers";

    /// <summary>The argument that names the model.</summary>
    public static Argument<string> Model { get; } = new("MODEL") { Description = "A GGUF file, or a folder with config.json and weights" };

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
    public ITokenizer LoadTokenizer(ParseResult line) => Loader(line).LoadTokenizer();

    /// <summary>Lists what the model's files hold; null where it has none.</summary>
    public Task<ModelContents?> InspectAsync(ParseResult line, bool countZeros, CancellationToken cancellationToken)
    {
        var loader = Loader(line);
        // Zeros or not: whether a model can be loaded may depend on numbers, such as those of a head beside a tied embedding.
        return ComputeThread.RunAsync(() =>
        {
            TensorRuntime.Start(DeviceName.Parse(null), ComputeThreads.Resolve(null));
            return loader.Inspect(countZeros, cancellationToken);
        });
    }

    /// <summary>Loads the model.</summary>
    public Task<ILanguageModel> LoadAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var loader = Loader(line);
        var device = DeviceName.Parse(line.GetValue(RunOptions.Device));
        var threads = ComputeThreads.Resolve(line.GetValue(RunOptions.Threads));
        return ComputeThread.RunAsync(() => loader.Load(
            new ModelLoadContext { Device = TensorRuntime.Start(device, threads), DataType = line.GetValue(Type), Logger = logger },
            cancellationToken));
    }

    private IModelLoader Loader(ParseResult line)
    {
        var component = plugins.Load(line, []).Find(PluginKind.Model, Component)
            ?? throw new LlmKickException($"The model plugin '{Component}' is not there. See 'llmkick list' for the reason.");
        var options = Activator.CreateInstance(component.Options.Type)!;
        component.Options.Options.First(option => option.Key == "path")
            .Property.SetValue(options, PathOrName(line.GetRequiredValue(Model)));
        return (IModelLoader)component.Create(options);
    }

    /// <summary>What lies in the current folder is meant rather than a model of that name.</summary>
    private static string PathOrName(string model) => Path.Exists(model) ? Path.GetFullPath(model) : model;
}
