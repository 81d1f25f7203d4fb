using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Blocks;

/// <summary>Dory's loop: e = N(h), and in each round h = N(h) + e passes all blocks.</summary>
/// <param name="First">The first block.</param>
/// <param name="Count">The blocks.</param>
/// <param name="Rounds">How many times they run.</param>
/// <param name="Norm">N, without weights.</param>
internal sealed record Recurrence(int First, int Count, int Rounds, NormSpec Norm) : Loop(First, Count)
{
    public override IEnumerable<int> Order => Enumerable.Range(0, Rounds * Count).Select(visit => First + visit % Count);

    public override Tensor Run(Tensor hidden, Tensor? start, Func<Tensor, Tensor> next)
    {
        using var scope = NewDisposeScope();
        var norm = new Norm(Norm, null, null);
        var entering = norm.Forward(hidden);
        for (var round = 0; round < Rounds; round++)
        {
            using var inner = NewDisposeScope();
            var passed = norm.Forward(hidden).add_(entering, Number.One);
            if (round > 0)
                hidden.Dispose();
            for (var block = 0; block < Count; block++)
                passed = next(passed);
            hidden = passed.MoveToOuterDisposeScope();
        }
        return hidden.MoveToOuterDisposeScope();
    }
}
