using LlmKick.Sdk;
using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Tests.Checkpoints;

public sealed class CheckpointWritingTests : IDisposable
{
    private static readonly CheckpointFile Small = CheckpointFile.Of("a.txt", [1, 2, 3]);

    private readonly TemporaryFolder folder = new();
    private readonly TinyLlama model = new(1);

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Write_Folder_AppearsWithItsFiles()
    {
        var result = Write(new(null, _ => new([Small, CheckpointFile.Of("b.txt", [4])])), out var path);
        Assert.Equal(4, result.Bytes);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(path, "a.txt")));
        Assert.Equal([4], File.ReadAllBytes(Path.Combine(path, "b.txt")));
    }

    [Theory]
    [InlineData("../a.txt")]
    [InlineData("deep/a.txt")]
    [InlineData("..")]
    [InlineData("")]
    public void Write_NameThatLeavesTheFolder_IsRefused(string name) =>
        AssertRefused($"The format test wants to write '{name}', which is no name of a file",
            new(null, _ => new([Small with { Name = name }])));

    [Fact]
    public void Write_FaultyWriter_SaysWhatItDidAndLeavesNothing()
    {
        AssertRefused("The format test is one file (.one) and wants to write 2", new(".one", _ => new([Small, Small])));
        AssertRefused("The format test foretold 4 bytes of 'a.txt' and wrote 3", new(".one", _ => new([Small with { Length = 4 }])));
        AssertRefused("The format test failed on 'tiny-llama': NotSupportedException: no",
            new(null, _ => throw new NotSupportedException("no")));
        AssertRefused("The format test cannot hold the model as it is: one; two.", new(null, _ => CheckpointDraft.Refused("one", "two")));
        AssertRefused("'int9' is not a type of the format test; did you mean 'int8'?", new(null, _ => new([Small])), "int9");
    }

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        var writer = new Writer(null, _ => new([new CheckpointFile("a.txt", 3, (_, written) => written())]));
        Assert.Throws<OperationCanceledException>(() => Write(writer, out _, null, new CancellationToken(canceled: true)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Forecast_TypeInOtherCapitals_IsTheFormatsOwn()
    {
        using var shown = new TinyCheckpointModel(model);
        string? type = null;
        var writer = new Writer(null, settings => { type = settings.Type; return new([Small]) { Notes = ["n"] }; });
        var forecast = writer.Forecast(shown, new CheckpointSettings { Format = "test", Type = "INT4" });
        Assert.Equal(("int4", 3L, "n"), (type, forecast.Bytes, Assert.Single(forecast.Notes)));
        Assert.Null(writer.Forecast(null, new CheckpointSettings { Format = "test" }).Bytes);
    }

    private void AssertRefused(string reason, Writer writer, string? type = null)
    {
        Assert.StartsWith(reason, Assert.Throws<LlmKickException>(() => Write(writer, out _, type)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private CheckpointResult Write(Writer writer, out string path, string? type = null, CancellationToken cancellationToken = default)
    {
        using var shown = new TinyCheckpointModel(model);
        path = folder.File("out");
        return writer.Write(shown, new CheckpointSettings { Format = "test", Type = type }, path, null, cancellationToken);
    }

    private sealed class Writer(string? extension, Func<CheckpointSettings, CheckpointDraft> draft) : ICheckpointWriter
    {
        public CheckpointFormat Format { get; } = new("test", "A test.", ["int8", "int4"], extension);

        public CheckpointDraft Draft(ICheckpointModel model, CheckpointSettings settings) => draft(settings);
    }
}
