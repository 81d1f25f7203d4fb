using LlmKick.Sdk.Models;
using LlmKick.Transformers;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Weights;
using TorchSharp;

namespace LlmKick.Benchmarks.Models;

/// <summary>Tokens a second of prefill and decode at several batch sizes.</summary>
internal static class ModelBenchmark
{
    private const int Prompt = 512;
    private const int Steps = 16;

    public static void Print(string path)
    {
        Console.WriteLine($"dtype     batch   prefill tokens/s   of matmul rate   decode tokens/s   (prompt of {Prompt}, {Steps} steps)");
        foreach (var dtype in new[] { torch.ScalarType.Float32, torch.ScalarType.BFloat16 })
        {
            var rate = Machine.MatMulRate(dtype);
            using var model = Load(path, dtype);
            var decoder = new Decoder(model);
            foreach (var batch in new[] { 1, 8, 32 })
            {
                var prefill = batch * Prompt / Prefill(decoder, batch);
                var decode = batch * Steps / Decode(decoder, batch);
                Console.WriteLine($"{dtype,-8}  {batch,5}   {prefill,16:F0}   {prefill * OperationsPerToken(model) / 1e9 / rate,14:P0}   {decode,15:F0}");
            }
        }
    }

    private static TransformerModel Load(string path, torch.ScalarType dtype)
    {
        using var source = WeightSource.Open(path);
        return new ModelReader(ModelConfig.Read(source), source, torch.CPU, dtype).Read(null, CancellationToken.None);
    }

    private static double Prefill(Decoder decoder, int batch) => Clock.Seconds(
        () => Tokens(batch, Prompt),
        tokens =>
        {
            using var cache = decoder.CreateCache(batch, Prompt);
            decoder.Forward(tokens, Lengths(batch, Prompt), cache);
        },
        repeats: batch == 32 ? 2 : 5);

    private static double Decode(Decoder decoder, int batch)
    {
        using var scope = torch.NewDisposeScope();
        using var prompt = decoder.CreateCache(batch, Prompt + Steps);
        decoder.Forward(Tokens(batch, Prompt), Lengths(batch, Prompt), prompt);
        return Clock.Seconds(() => prompt.Select([.. Enumerable.Range(0, batch)], Prompt + Steps), cache => Step(decoder, batch, cache), repeats: 3);
    }

    private static void Step(Decoder decoder, int batch, IKeyValueCache cache)
    {
        using (cache)
            for (var step = 0; step < Steps; step++)
            {
                using var scope = torch.NewDisposeScope();
                decoder.Logits(decoder.Forward(Tokens(batch, 1), Lengths(batch, 1), cache).squeeze(1)).argmax(1);
            }
    }

    /// <summary>Of the matrix products alone: linears, and attention over half the prompt on average. The head is not part of prefill.</summary>
    private static double OperationsPerToken(TransformerModel model) =>
        2.0 * model.Blocks.SelectMany(block => block.Linears).Sum(linear => linear.Group.Linears.Sum(l => l.Weight.numel()))
        + 4.0 * model.Blocks.Count * model.Config.Heads * model.Config.HeadWidth * Prompt / 2;

    private static torch.Tensor Tokens(int batch, int length) => torch.randint(100, 1000, [batch, length], dtype: torch.ScalarType.Int64);

    private static int[] Lengths(int batch, int length) => [.. Enumerable.Repeat(length, batch)];
}
