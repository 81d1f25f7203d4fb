using System.Text;
using LlmKick.Runs.Records;
using LlmKick.Runs.Saving;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Storage;
using TorchSharp;

namespace LlmKick.Tests.Runs;

/// <summary>What a run keeps for itself, damaged in many ways: it is read as it is, or made again.</summary>
public sealed class DamagedFilesTests : IDisposable
{
    private const int Mutants = 400;
    private const string Print = "print";

    private static readonly Dictionary<string, Func<string, object?>> Readers = new()
    {
        ["run.json"] = RunFile.TryReadJson<RunState>,
        ["recipe.json"] = RunFile.TryReadJson<RecipeOrigin>,
        ["variants"] = RunFile.TryReadJson<VariantRecord>,
        ["tasks"] = RunFile.TryReadJson<TaskRecord>,
        ["batches"] = RunFile.TryReadJson<BatchRecord>,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("header")]
    [InlineData("tensor")]
    [InlineData("data")]
    [InlineData("raw")]
    [InlineData("metadata")]
    public void TryRestore_DamagedBlock_PutsBackAllOrNothing(string name)
    {
        var (path, restored) = (folder.File(name), 0);
        using (var model = Compressed())
            BlockFile.Write(path, Print, model.Open(0), [.. model.Linears.Select(Report)], 1);
        var valid = File.ReadAllBytes(path);
        using var target = new TinyLlama(1, seed: 2);
        for (var i = 0; i < Mutants; i++)
        {
            File.WriteAllBytes(path, Change(name, valid, new Random(i)));
            var before = State(target);
            using var stored = StoredBlock.TryOpen(path, Print);
            if (stored?.TryRestore(target.Open(0)) == true)
                restored++;
            else
                Assert.True(before.SequenceEqual(State(target)), $"{name}, mutant {i}: half a block was put back.");
            Assert.All(stored?.Reports ?? [], Assert.NotNull);
        }
        Assert.InRange(restored, 1, Mutants);
    }

    [Fact]
    public void TryReadJson_DamagedRecords_AreReadOrMissing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        using var desk = new RunDesk();
        Assert.True(desk.IsKilled("batch:8"));
        var files = Directory.GetFiles(desk.File("out", ".llmkick"), "*.json", SearchOption.AllDirectories);
        var read = files.Select(file => (file, Read: Reader(Path.GetRelativePath(desk.File("out", ".llmkick"), file)
            .Split(Path.DirectorySeparatorChar)[0]))).Where(row => row.Read is not null).ToList();
        Assert.Equal(5, read.Select(row => row.Read).Distinct().Count());
        foreach (var (file, tryRead) in read)
            Damage(file, tryRead!);
    }

    private static byte[] Change(string name, byte[] valid, Random random) => name switch
    {
        "header" => SafetensorsMutation.Header(valid, random),
        "tensor" => SafetensorsMutation.Tensor(valid, random),
        "data" => SafetensorsMutation.Data(valid, random),
        "raw" => SafetensorsMutation.Raw(valid, random),
        _ => Metadata(valid, random),
    };

    private static void Damage(string file, Func<string, object?> read)
    {
        var valid = File.ReadAllBytes(file);
        Assert.NotNull(read(file));
        for (var i = 0; i < Mutants / 4; i++)
        {
            var random = new Random(i);
            File.WriteAllBytes(file, i % 2 == 0 ? JsonMutation.Change(valid, random) : Mutation.Of(valid, valid.Length, i));
            _ = read(file);
        }
    }

    private static Func<string, object?>? Reader(string place) => Readers.GetValueOrDefault(place);

    /// <summary>Every kind of linear that is stored: with zeros and column groups, as floats, with rounded inputs, pruned, dense.</summary>
    private static TinyLlama Compressed()
    {
        using var scope = torch.NewDisposeScope();
        var model = new TinyLlama(1);
        var linears = model.Linears.ToList();
        linears[0].Replace(Integers(linears[0], 4, null));
        linears[1].Replace(new QuantizedWeight(new QuantizedEncoding { Format = CodeFormat.Nf4, Bits = 4, GroupSize = 16 },
            Codes(linears[1], 4), torch.rand(linears[1].Outputs, linears[1].Inputs / 16)));
        linears[2].Replace(Integers(linears[2], 8, new ActivationScheme { Range = ActivationRange.Token }));
        linears[3].Replace(linears[3].Weight.clamp_min(Number.Of(0)), new PrunedEncoding(null));
        return model;
    }

    private static QuantizedWeight Integers(Linear linear, int bits, ActivationScheme? activations) => activations is not null
        ? new(new QuantizedEncoding { Format = CodeFormat.Integer, Bits = bits, Symmetric = true, Activations = activations },
            Codes(linear, bits), torch.rand(linear.Outputs, 1))
        : new(new QuantizedEncoding { Format = CodeFormat.Integer, Bits = bits, GroupSize = 16 }, Codes(linear, bits),
            torch.rand(linear.Outputs, linear.Inputs / 16),
            torch.randint(0, 1 << bits, [linear.Outputs, linear.Inputs / 16], torch.ScalarType.Byte),
            torch.randint(0, linear.Inputs / 16, [linear.Inputs], torch.ScalarType.Int64));

    private static torch.Tensor Codes(Linear linear, int bits) =>
        torch.randint(0, 1 << bits, [linear.Outputs, linear.Inputs], torch.ScalarType.Byte);

    private static LinearReport Report(Linear linear) =>
        new() { Block = 0, Linear = linear.Name, Shape = linear.Weight.shape, Zeros = 0, RelativeFrobenius = 0.5,
            Encoding = linear.Encoding, Seconds = 1 };

    private static List<object> State(TinyLlama model)
    {
        var values = model.Linears.Select(linear => linear.Weight).Concat(model.Norms).SelectMany(tensor => tensor.data<float>().ToArray())
            .Select(BitConverter.SingleToInt32Bits);
        return [.. values.Cast<object>(), .. model.Linears.Select(linear => linear.Encoding)];
    }

    /// <summary>Other values in the JSON texts that the file's metadata hold.</summary>
    private static byte[] Metadata(byte[] valid, Random random) => SafetensorsMutation.Rewrite(valid, header =>
    {
        var metadata = header["__metadata__"]!.AsObject();
        var key = random.Next(2) == 0 ? "encodings" : "reports";
        metadata[key] = Encoding.UTF8.GetString(JsonMutation.Change(Encoding.UTF8.GetBytes((string)metadata[key]!), random));
    });
}
