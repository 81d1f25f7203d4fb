using System.Diagnostics;
using System.Text.Json;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.PyTorch;
using LlmKick.Transformers.Formats.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Formats.PyTorch;

/// <summary>Checkpoints of PyTorch: tensors are read, and nothing else.</summary>
public sealed class TorchFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string Bin => folder.File("pytorch_model.bin");

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Open_FolderWithoutSafetensors_ReadsTheSameTensors()
    {
        var weights = WriteModel();

        using var source = FolderWeights.Open(folder.Path);

        Assert.Equal(weights.Keys.Order(), source.Names.Order());
        Assert.All(weights, weight =>
            Assert.True(weight.Value.eq(source.Read(weight.Key, ScalarType.Float32)).all().item<bool>(), weight.Key));
        LoadedModel.TryOut(folder.Path);
    }

    [Fact]
    public void Open_Shards_FindsEveryTensor()
    {
        TorchArchive.Write(folder.File("pytorch_model-00001-of-00002.bin"), new Dictionary<string, Tensor> { ["a"] = ones(2) });
        TorchArchive.Write(folder.File("pytorch_model-00002-of-00002.bin"), new Dictionary<string, Tensor> { ["b"] = zeros(3, float16) });
        folder.Write("pytorch_model.bin.index.json", JsonSerializer.Serialize(
            new { weight_map = new { a = "pytorch_model-00001-of-00002.bin", b = "pytorch_model-00002-of-00002.bin" } }));

        using var source = FolderWeights.Open(folder.Path);

        Assert.Equal([1, 1], source.Read("a", ScalarType.Float32).data<float>().ToArray());
        Assert.Equal(new StoredTensor("F16", source.Files.Describe("b").Shape, 6), source.Files.Describe("b"));
    }

    [Fact]
    public void Read_ViewsOfOneStorage_AreTheirElements()
    {
        var all = arange(Number.Of(0), Number.Of(24), Number.One, float32);
        TorchArchive.Write(Bin, new PickleWriter().Op('}').Op('(')
            .Text("turned").Tensor("FloatStorage", "0", 24, 0, [4, 6], [1, 4])
            .Text("part").Tensor("FloatStorage", "0", 24, 5, [3], [2])
            .Text("number").Tensor("FloatStorage", "0", 24, 23, [], [])
            .Text("nothing").Tensor("FloatStorage", "0", 24, 24, [0, 5], [5, 1])
            .Op('u').ToArray(), all.bytes.ToArray());
        using var file = TorchFile.Open(Bin);

        Assert.Equal(all.view(6, 4).t().contiguous().data<float>().ToArray(), file.Read("turned").data<float>().ToArray());
        Assert.Equal([5, 7, 9], file.Read("part").data<float>().ToArray());
        Assert.Equal(23, file.Read("number").item<float>());
        Assert.Equal([0, 5], file.Read("nothing").shape);
    }

    [Fact]
    public void Open_TrainingsDictionary_FindsTheModelsTensors()
    {
        TorchArchive.Write(Bin, new PickleWriter().Op('}').Op('(').Text("epoch").Number(3).Text("state_dict")
            .EmptyOrderedDict().Op('(').Text("a").Global("torch._utils", "_rebuild_parameter").Op('(').Whole(ones(2), "0").Raw(0x88)
            .EmptyOrderedDict().Op('t').Op('R').Op('u')
            .Op('}').Text("_metadata").EmptyOrderedDict().Op('s').Op('b').Op('u').ToArray(), ones(2).bytes.ToArray());
        using var file = TorchFile.Open(Bin);

        Assert.Equal(["a"], file.Tensors.Keys);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch.serialization", "load")]
    [InlineData("collections", "OrderedDict.__init__")]
    [InlineData("numpy.core.multiarray", "_reconstruct")]
    public void Open_PickleThatAsksForMore_NamesAndRefusesIt(string module, string name)
    {
        AssertRefused(new PickleWriter().Global(module, name).Op('(').Text("touch /tmp/never").Op('t').Op('R'),
            $"asks for {module}.{name}: refused");
        AssertRefused(new PickleWriter().Text(module).Text(name).Raw(0x93).Op(')').Op('R'), $"asks for {module}.{name}: refused");
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "", "its list of tensors ends too early" },
        { "N.", "it holds no tensors by name" },
        { "}.", "it holds no tensors by name" },
        { "t.", "an instruction lacks its values" },
        { "(.", "an instruction lacks its values" },
        { "h\u0001.", "it recalls what was never kept" },
        { "X\u00FF\u00FF\u00FF\u007F.", "its list of tensors ends too early" },
        { "X\u0001\0\0\0\u00FF.", "a text that is not UTF-8" },
        { "]NN\u0086s.", "an instruction lacks its values" },
        { "]NNs.", "it fills what is no dictionary" },
        { "}Na.", "it appends to what is no list" },
        { "NNR.", "it calls something that cannot be called" },
        { "ccollections\nOrderedDict\nK\u0001\u0085R.", "it calls collections.OrderedDict with other values than it takes" },
        { "]}b.", "it gives a state to what is no dictionary" },
        { "NQ.", "it refers to something that is no storage" },
        { "i", "the instruction 0x69, which no checkpoint needs" },
        { "\u0081", "the instruction 0x81, which no checkpoint needs" },
        { "\u008A\u0009\0\0\0\0\0\0\0\0\0.", "a whole number of 9 bytes" },
        { "cos", "it has a name without an end" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Open_WrongPickle_SaysWhatIsWrong(string pickle, string sentence)
    {
        TorchArchive.Write(Bin, [.. pickle.Select(c => (byte)c)]);
        AssertRefused(sentence);
    }

    [Theory]
    [InlineData(24, 0, new long[] { 25 }, new long[] { 1 }, "does not lie inside its storage '0' of 24 elements")]
    [InlineData(24, 1, new long[] { 24 }, new long[] { 1 }, "does not lie inside its storage")]
    [InlineData(24, 0, new long[] { 2, 2 }, new long[] { 23, 1 }, "does not lie inside its storage")]
    [InlineData(24, 0, new long[] { 1L << 40, 1L << 40 }, new long[] { 0, 0 }, "does not lie inside its storage")]
    [InlineData(24, 0, new long[] { long.MaxValue, long.MaxValue }, new long[] { long.MaxValue, 1 }, "does not lie inside its storage")]
    [InlineData(24, 0, new long[] { 2 }, new long[] { }, "does not lie inside its storage")]
    [InlineData(25, 0, new long[] { 2 }, new long[] { 1 }, "the data '0' has 96 bytes, less than 25 elements of F32")]
    [InlineData(24, 0, new long[] { -1 }, new long[] { 1 }, "a tensor has a size that is no whole number")]
    public void Open_TensorBeyondItsData_IsRefused(long count, long offset, long[] shape, long[] strides, string sentence)
    {
        TorchArchive.Write(Bin, new PickleWriter().Op('}').Op('(').Text("a").Tensor("FloatStorage", "0", count, offset, shape, strides)
            .Op('u').ToArray(), new byte[96]);
        AssertRefused(sentence);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 2, 0x8A, 10 }, "is in the format of PyTorch before 1.6")]
    [InlineData(new byte[] { 1, 2, 3 }, "it is no archive as PyTorch writes them")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0 }, "it has no directory at its end")]
    public void Open_OtherFile_SaysWhatItIs(byte[] content, string sentence)
    {
        File.WriteAllBytes(Bin, content);
        AssertRefused(sentence);
    }

    [Fact]
    public void Open_PickleOfPython_IsRead()
    {
        Assert.SkipUnless(HasPython(), "There is no python3 here.");
        folder.Write("write.py", PythonPickle.Script);
        using var python = Process.Start(new ProcessStartInfo("python3", ["write.py"]) { WorkingDirectory = folder.Path })!;
        python.WaitForExit();
        using var file = TorchFile.Open(Bin);

        Assert.Equal(["model.a", "model.b"], file.Tensors.Keys.Order());
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Read("model.a").flatten().data<float>().ToArray());
        Assert.Equal([2, 3], file.Tensors["model.a"].Shape);
        Assert.Equal([7, 8], file.Read("model.b").data<long>().ToArray());
    }

    private static bool HasPython() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(part => File.Exists(Path.Combine(part, "python3")));

    private Dictionary<string, Tensor> WriteModel()
    {
        new TinyCheckpoint().Write(folder.Path);
        Dictionary<string, Tensor> weights;
        using (var file = SafetensorsFile.Open(folder.File("model.safetensors")))
            weights = file.Entries.Keys.ToDictionary(name => name, file.Read);
        File.Delete(folder.File("model.safetensors"));
        TorchArchive.Write(Bin, weights);
        return weights;
    }

    private void AssertRefused(PickleWriter pickle, string sentence)
    {
        TorchArchive.Write(Bin, pickle.ToArray());
        AssertRefused(sentence);
    }

    private void AssertRefused(string sentence)
    {
        var message = Hostile.Read(() => TorchFile.Open(Bin).Dispose(), sentence);
        Assert.NotNull(message);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }
}
