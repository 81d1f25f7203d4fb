using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace LlmKick.Quickstart.Training;

/// <summary>Trains the weights, step by step.</summary>
internal sealed class Trainer(Network network, AdamW optimizer, BatchMaker batches, Schedule schedule)
{
    private const double MostNorm = 1;

    /// <summary>Does one step.</summary>
    /// <param name="step">Counted from 0.</param>
    /// <returns>The weighted mean loss before the step, in nats.</returns>
    public double Step(int step)
    {
        using var scope = NewDisposeScope();
        var batch = batches.Make(step);
        var losses = F.cross_entropy(network.Forward(batch.Tokens).to_type(ScalarType.Float32), batch.Targets,
            reduction: nn.Reduction.None);
        var loss = (losses * batch.Weights).sum() / batch.Weights.sum();
        loss.backward();
        optimizer.Step(step, schedule.Rate(step), MostNorm);
        return loss.item<float>();
    }

    /// <summary>The share of answers that greedy decoding gets right to the last token.</summary>
    public double Accuracy(IReadOnlyList<(int[] Prompt, int[] Answer)> questions)
    {
        using var noGrad = no_grad();
        var right = 0;
        foreach (var chunk in questions.Chunk(32))
        {
            using var scope = NewDisposeScope();
            var length = chunk.Max(question => question.Prompt.Length + question.Answer.Length);
            var ids = chunk.SelectMany(question => question.Prompt.Concat(question.Answer).Select(id => (long)id)
                .Concat(Enumerable.Repeat(0L, length)).Take(length)).ToArray();
            var best = network.Forward(tensor(ids, [chunk.Length, length])).argmax(-1).data<long>().ToArray();
            right += chunk.Where((question, row) =>
                question.Answer.Select((id, i) => best[row * length + question.Prompt.Length - 1 + i] == id).All(same => same)).Count();
        }
        return (double)right / questions.Count;
    }
}
