using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>What every checkpoint format must hold to, tried on a <see cref="TinyLlama"/>: untouched, pruned and rounded to 4 bits. Inherit
/// it in a public class of a test project.</summary>
/// <typeparam name="TPlugin">The plugin that offers the format.</typeparam>
public abstract class CheckpointFormatConformance<TPlugin> : ComponentConformance<TPlugin> where TPlugin : IPlugin, new()
{
    private static readonly Dictionary<string, Action<Linear>> States = new()
    {
        ["untouched"] = _ => { },
        ["pruned"] = linear => linear.Prune(linear.Weight.lt(Number.Of(0)), new PrunedEncoding(Pattern: null)),
        ["rounded"] = Round,
    };

    /// <summary>Creates the suite.</summary>
    protected CheckpointFormatConformance() : base(ComponentKind.CheckpointFormat) { }

    private ICheckpointWriter Writer => (ICheckpointWriter)Create(new object());

    private IEnumerable<string?> Types => Writer.Format.Types.DefaultIfEmpty<string?>(null);

    /// <summary>Types differ, and an extension begins with a dot.</summary>
    [Fact]
    public void Format_Facts_CanBeGiven()
    {
        var format = Writer.Format;
        Assert.True(format.Extension is null || format.Extension.StartsWith('.'), $"The extension '{format.Extension}' has no dot.");
        Assert.True(format.Types.Distinct(StringComparer.OrdinalIgnoreCase).Count() == format.Types.Count,
            $"Two of the types {string.Join(", ", format.Types)} are the same.");
    }

    /// <summary>What a forecast without values says is what becomes of the loaded model: the bytes, or the refusal.</summary>
    [Fact]
    public void Write_EveryTypeAndState_IsWhatWasForetold() => Each((settings, state, model, path) =>
    {
        using var foreseen = new TinyCheckpointModel(model, isForeseen: true);
        using var loaded = new TinyCheckpointModel(model);
        var forecast = Writer.Forecast(foreseen, settings);
        var what = $"{state}, {settings.Type ?? "no type"}";
        if (forecast.Faults.Count > 0)
        {
            var failure = Record.Exception(() => Writer.Write(loaded, settings, path, null, CancellationToken.None));
            Assert.True(failure is LlmKickException, $"{what}: the forecast refuses the model ({forecast.Faults[0]}), and writing it ends "
                + $"with {failure?.GetType().Name ?? "no exception"}: let faults follow from what a forecast knows.");
            Assert.False(Path.Exists(path), $"{what}: what was refused lies there.");
            return;
        }
        var result = Writer.Write(loaded, settings, path, null, CancellationToken.None);
        Assert.True(forecast.Bytes == result.Bytes && result.Bytes == Size(path), $"{what}: {forecast.Bytes} bytes were foretold, "
            + $"{result.Bytes} told and {Size(path)} written: let lengths follow from shapes and CheckpointTensor.Forecast alone.");
    });

    /// <summary>The same model gives the same bytes.</summary>
    [Fact]
    public void Write_Twice_GivesTheSameBytes() => Each((settings, state, model, path) =>
    {
        using var loaded = new TinyCheckpointModel(model);
        if (Writer.Draft(loaded, settings).Faults.Count > 0)
            return;
        Writer.Write(loaded, settings, path, null, CancellationToken.None);
        var first = Content(path);
        Writer.Write(loaded, settings, path, null, CancellationToken.None);
        Assert.True(first.SequenceEqual(Content(path)), $"{state}, {settings.Type ?? "no type"}: two checkpoints of one model differ.");
    });

    /// <summary>At least one of the states is one that the format holds, and what it writes tells its tensors.</summary>
    [Fact]
    public void Write_Progress_IsToldOfEveryTensor()
    {
        var held = 0;
        Each((settings, state, model, path) =>
        {
            using var loaded = new TinyCheckpointModel(model);
            var draft = Writer.Draft(loaded, settings);
            if (draft.Faults.Count > 0)
                return;
            var told = 0;
            foreach (var file in draft.Files)
                file.Write(Stream.Null, () => told++);
            Assert.True(told == draft.TensorCount, $"{state}, {settings.Type ?? "no type"}: the draft has {draft.TensorCount} tensors and "
                + $"its files told of {told}: call what CheckpointFile.Write is given after each, and count them in TensorCount.");
            held++;
        });
        Assert.True(held > 0, "The format refuses every model.");
    }

    private static void Round(Linear linear)
    {
        using var scope = torch.NewDisposeScope();
        var groups = ColumnSplit.Cut(linear.Weight.to(torch.float32), 32);
        var grid = IntegerGrid.Fit(groups, new QuantizationScheme(4, 32));
        linear.Replace(grid.Pack(ColumnSplit.Join(grid.Codes(groups), linear.Inputs), linear));
    }

    private static long Size(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Sum(file => new FileInfo(file).Length) : new FileInfo(path).Length;

    private static byte[] Content(string path) => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes)] : File.ReadAllBytes(path);

    private void Each(Action<CheckpointSettings, string, TinyLlama, string> act)
    {
        foreach (var (state, change) in States)
            foreach (var type in Types)
            {
                using var folder = new TemporaryFolder();
                using var scope = torch.NewDisposeScope();
                using var model = new TinyLlama(blocks: 2);
                foreach (var linear in model.Linears)
                    change(linear);
                act(new CheckpointSettings { Format = Name, Type = type }, state, model, folder.File("out" + Writer.Format.Extension));
            }
    }
}
