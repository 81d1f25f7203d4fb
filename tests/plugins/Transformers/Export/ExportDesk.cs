using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Transformers;
using LlmKick.Transformers.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Export;

/// <summary>A loaded model, to be changed and written to a folder of its own.</summary>
internal sealed class ExportDesk : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string source;

    // What a test computes with weights is held until it ends: a collection on another thread would free it while libtorch reads it.
    private readonly DisposeScope scope = NewDisposeScope();

    public ExportDesk(string source, DataType type = DataType.Float32) => (this.source, Model) = (source, LoadedModel.Load(source, type));

    public ILanguageModel Model { get; }

    public IEnumerable<Linear> Linears => Enumerable.Range(0, Model.Transformer!.BlockCount)
        .SelectMany(block => Model.Transformer.Open(block).Groups.SelectMany(group => group.Linears));

    private ICheckpointSource Shown => new TransformersLoader(new TransformersOptions { Path = source }).Checkpoints;

    public static ICheckpointWriter Writer(CheckpointSettings settings) =>
        ModelWriters.All.Single(writer => writer.Format.Name == settings.Format);

    public static CheckpointSettings Settings(string format, string? type = null, bool keepDense = false) =>
        new() { Format = format, Type = type, KeepDense = keepDense };

    /// <summary>Writes the model and gives the path.</summary>
    public string Write(CheckpointSettings settings, string name = "out") => Write(settings, name, out _);

    public string Write(CheckpointSettings settings, string name, out CheckpointResult result)
    {
        var path = folder.File(name);
        using var shown = Shown.Of(Model);
        result = Writer(settings).Write(shown, settings, path, null, CancellationToken.None);
        return path;
    }

    /// <summary>What is foretold.</summary>
    public CheckpointForecast Forecast(CheckpointSettings settings, Func<LinearPlace, LinearForecast?> linears)
    {
        using var shown = Shown.Foresee(linears);
        return Writer(settings).Forecast(shown, settings);
    }

    /// <summary>Log-probabilities of a fixed sequence.</summary>
    public static float[] Scores(ExportDesk desk) =>
        [.. ((RollingResponse)desk.Model.Answer(new RollingRequest([.. Enumerable.Range(3, 40)]))[0]).LogProbabilities];

    /// <summary>A folder inside the desk's own.</summary>
    public string Folder(string name) => folder.File(name);

    public static long BytesOf(string path) => File.Exists(path) ? new FileInfo(path).Length
        : Directory.EnumerateFiles(path).Sum(file => new FileInfo(file).Length);

    public void Dispose()
    {
        Model.DisposeAsync().AsTask().GetAwaiter().GetResult();
        scope.Dispose();
        folder.Dispose();
    }
}
