using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Tests.Transformers.Export;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

/// <summary>Zeros that pruning made, and rows, groups and blocks of nothing else, behind every quantizer and in every format.</summary>
public sealed class StoredZerosTests : IDisposable
{
    private static readonly CheckpointSettings[] Formats = Array.ConvertAll<(string, string?), CheckpointSettings>(
        [
            ("hf-dense", "bfloat16"), ("hf-dense", "float16"), ("gptq", null), ("gptq-v2", null), ("awq", null),
            ("pack-quantized", "bfloat16"), ("int-quantized", null), ("float-quantized", null), ("sparse-bitmask", null),
            ("gguf", "F16"), ("gguf", "Q8_0"), ("gguf", "Q4_0"), ("gguf", "Q4_1"), ("gguf", "Q4_K_M"),
        ],
        row => ExportDesk.Settings(row.Item1, row.Item2));

    private static readonly CalibrationSet Calibration = TinyLlama.Calibration(3, 20);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Cases() => new(
        from pruner in EveryMethod.Pruners from quantizer in EveryMethod.Names.Except(EveryMethod.Pruners)
            .Append("") select (pruner, quantizer));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compress_PrunedThenQuantized_KeepsEveryZeroAndStoresItAsZero(string pruner, string quantizer)
    {
        using var scope = torch.NewDisposeScope();
        var path = TinyCheckpoint.Biased().Write(_folder.File("dense"));
        using var desk = new ExportDesk(path);
        foreach (var linear in desk.Linears)
            linear.Replace(WithNothing(linear.Weight), LinearEncoding.Dense);
        EveryMethod.Table[pruner](new([], [])).Run(desk.Model.Transformer!, Calibration, new MemoryBlockStore());
        var zeros = desk.Linears.Select(linear => linear.Weight.eq(Number.Of(0))).ToList();

        if (quantizer.Length > 0)
            EveryMethod.Table[quantizer](new([], [])).Run(desk.Model.Transformer!, Calibration, new MemoryBlockStore());

        Assert.All(desk.Linears.Zip(zeros), pair => RequireZeros(pair.First, pair.Second, "computed"));
        var held = 0;
        foreach (var settings in Formats)
        {
            if (Written(desk, settings) is not { } file)
                continue;
            using var again = new ExportDesk(file);
            Assert.All(again.Linears.Zip(zeros), pair => RequireZeros(pair.First, pair.Second, $"{settings.Format} {settings.Type}"));
            held++;
        }
        Assert.True(held >= 3, $"only {held} formats hold the model");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>One row, a group of eight inputs and a block of four rows without anything.</summary>
    private static torch.Tensor WithNothing(torch.Tensor weight)
    {
        var copy = weight.clone();
        copy.narrow(0, 0, 1).zero_();
        copy.narrow(0, 1, 2).narrow(1, 8, 8).zero_();
        copy.narrow(0, 4, 4).narrow(1, 0, 4).zero_();
        return copy;
    }

    /// <summary>The path, or null where the format refuses the model.</summary>
    private static string? Written(ExportDesk desk, CheckpointSettings settings)
    {
        try
        {
            return desk.Write(settings, $"{settings.Format}-{settings.Type}{(settings.Format == "gguf" ? ".gguf" : "")}");
        }
        catch (Sdk.LlmKickException exception) when (exception.Message.Contains("cannot hold the model", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static void RequireZeros(Linear linear, torch.Tensor zeros, string where)
    {
        Assert.True(linear.Weight.isfinite().all().item<bool>(), $"{where}: {linear.Name} is not finite");
        Assert.Equal(0, linear.Weight.masked_select(zeros).count_nonzero().item<long>());
    }
}
