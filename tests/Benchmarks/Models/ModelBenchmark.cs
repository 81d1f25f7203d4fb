using LlmKick.Sdk.Models;
using LlmKick.Transformers;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Weights;
using TorchSharp;

namespace LlmKick.Benchmarks.Models;

/// <summary>Tokens a second of prefill and decode at several batch sizes.</summary>
internal static class ModelBenchmark
{
    private const int PromptTokens = 4096;
    private const int LongestPrompt = 512;
    private const int Steps = 16;

    public static void Print(string path)
    {
        Console.WriteLine($"dtype     batch  prompt   prefill tokens/s   of matmul rate   decode tokens/s   ({Steps} steps)");
        foreach (var dtype in new[] { torch.ScalarType.Float32, torch.ScalarType.BFloat16 })
        {
            var rate = Machine.MatMulRate(dtype);
            using var model = Load(path, dtype);
            var decoder = new Decoder(model);
            foreach (var batch in new[] { 1, 8, 32 })
            {
                var prompt = Math.Min(LongestPrompt, PromptTokens / batch);
                var prefill = batch * prompt / Prefill(decoder, batch, prompt);
                var decode = batch * Steps / Decode(decoder, batch, prompt);
                Console.WriteLine($"{dtype,-8}  {batch,5}  {prompt,6}   {prefill,16:F0}   "
                    + $"{prefill * OperationsPerToken(model, prompt) / 1e9 / rate,14:P0}   {decode,15:F0}");
            }
        }
    }

    private static TransformerModel Load(string path, torch.ScalarType dtype)
    {
        using var source = WeightSource.Open(path);
        return new ModelReader(SpecReader.Read(source), source, torch.CPU, dtype).Read(null, CancellationToken.None);
    }

    private static double Prefill(Decoder decoder, int batch, int prompt) => Clock.Seconds(
        () => Tokens(batch, prompt),
        tokens =>
        {
            using var cache = decoder.CreateCache(batch, prompt);
            decoder.Forward(tokens, Lengths(batch, prompt), cache);
        },
        repeats: 3);

    private static double Decode(Decoder decoder, int batch, int prompt)
    {
        using var scope = torch.NewDisposeScope();
        using var read = decoder.CreateCache(batch, prompt);
        decoder.Forward(Tokens(batch, prompt), Lengths(batch, prompt), read);
        return Clock.Seconds(() => read.Select([.. Enumerable.Range(0, batch)], prompt + Steps), cache => Step(decoder, batch, cache),
            repeats: 3);
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

    /// <summary>Of the matrix products alone: linears, and attention over half the prompt on average. The head is not part of
    /// prefill.</summary>
    private static double OperationsPerToken(TransformerModel model, int prompt) =>
        2.0 * Enumerable.Range(0, model.Blocks.Count)
            .SelectMany(index => model.Blocks.Open(index).Block.Linears).Sum(linear => linear.Group.Linears.Sum(l => l.Weight.numel()))
        + 4.0 * model.Blocks.Count * model.Spec.Config.Heads * model.Spec.Config.HeadWidth * prompt / 2;

    private static torch.Tensor Tokens(int batch, int length) => torch.randint(100, 1000, [batch, length], dtype: torch.ScalarType.Int64);

    private static int[] Lengths(int batch, int length) => [.. Enumerable.Repeat(length, batch)];
}
