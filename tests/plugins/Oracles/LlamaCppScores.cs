using LLama;
using LLama.Common;
using LLama.Native;

namespace LlmKick.Tests.Oracles;

/// <summary>llama.cpp in this process, in float32: a float32 cache, no flash attention.</summary>
internal static class LlamaCppScores
{
    private const uint Context = 256;

    /// <summary>Log-probabilities of each token but the first, of each sequence by itself.</summary>
    public static float[][] Of(string file, IEnumerable<int[]> sequences)
    {
        var parameters = new ModelParams(file)
        {
            ContextSize = Context,
            BatchSize = Context,
            UBatchSize = Context,
            FlashAttention = false,
            TypeK = GGMLType.GGML_TYPE_F32,
            TypeV = GGMLType.GGML_TYPE_F32,
            Threads = 2,
            BatchThreads = 2,
            GpuLayerCount = 0,
        };
        using var weights = LLamaWeights.LoadFromFile(parameters);
        return [.. sequences.Select(ids => Of(weights, parameters, ids))];
    }

    private static float[] Of(LLamaWeights weights, ModelParams parameters, int[] ids)
    {
        using var context = weights.CreateContext(parameters);
        var batch = new LLamaBatch();
        for (var i = 0; i < ids.Length; i++)
            batch.Add(ids[i], i, LLamaSeqId.Zero, logits: true);
        Assert.Equal(DecodeResult.Ok, context.NativeHandle.Decode(batch));
        return [.. ids.Skip(1).Select((id, i) => LogProbability(context.NativeHandle.GetLogitsIth(i), id))];
    }

    private static float LogProbability(ReadOnlySpan<float> logits, int id)
    {
        double greatest = float.NegativeInfinity, sum = 0;
        foreach (var logit in logits)
            greatest = Math.Max(greatest, logit);
        foreach (var logit in logits)
            sum += Math.Exp(logit - greatest);
        return (float)(logits[id] - greatest - Math.Log(sum));
    }
}
