using LlmKick.Quickstart.Text;
using LlmKick.Quickstart.World;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Statistics;
using static TorchSharp.torch;

namespace LlmKick.Quickstart.Training;

/// <summary>Packs documents into rows. A step's batch depends on the seed and the step alone, so training can go on anywhere.</summary>
internal sealed class BatchMaker(SyntheticWorld world, TrainingPlan plan, ITokenizer tokenizer)
{
    private readonly int begin = tokenizer.BeginOfText ?? 0;

    public Batch Make(int step)
    {
        // A seed that is itself drawn: streams of neighbouring seeds would be one stream, shifted.
        var random = new SplitMix64(new SplitMix64(plan.Seed + (ulong)step).Next());
        var phase = plan.PhaseAt(step);
        var (rows, length) = (phase.Rows, phase.Length);
        var documents = new DocumentMaker(world, phase.Mix);
        var ids = new List<long>();
        var targets = new List<long>();
        var weights = new List<float>();
        for (var row = 0; row < rows; row++)
        {
            var (tokens, counts) = Row(documents, length, random);
            ids.AddRange(tokens.Take(length));
            targets.AddRange(tokens.Skip(1).Take(length));
            weights.AddRange(counts.Skip(1).Take(length));
        }
        return new Batch(tensor(ids.ToArray(), [rows, length]), tensor(targets.ToArray()), tensor(weights.ToArray()));
    }

    private (List<long> Tokens, List<float> Weights) Row(DocumentMaker maker, int length, SplitMix64 random)
    {
        var tokens = new List<long>(2 * length);
        var weights = new List<float>(2 * length);
        while (tokens.Count <= length)
        {
            tokens.Add(begin);
            weights.Add(1);
            foreach (var piece in maker.Next(random))
            {
                var ids = tokenizer.Encode(piece.Text, parseSpecial: false);
                tokens.AddRange(ids.Select(id => (long)id));
                weights.AddRange(Enumerable.Repeat(piece.Weight, ids.Length));
            }
        }
        return (tokens, weights);
    }
}
