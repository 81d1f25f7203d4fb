using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Blocks;

/// <summary>
/// The hierarchical reasoning model's loop (HRM, arXiv 2506.21734): a low and a high stack of blocks, each with a hidden state of its own.
/// In each cycle some times z_L = N(L(z_L + z_H)), then z_H = N(H(z_H + z_L)); z_H is what enters and what leaves.
/// </summary>
/// <param name="Depth">Blocks of a stack; those of the low one come first.</param>
/// <param name="Cycles">Cycles of the high stack.</param>
/// <param name="InnerCycles">Runs of the low stack in each.</param>
/// <param name="Norm">N, without weights.</param>
internal sealed record TwoStacks(int Depth, int Cycles, int InnerCycles, NormSpec Norm) : Loop(0, 2 * Depth)
{
    public override IEnumerable<int> Order => Enumerable.Range(0, Cycles)
        .SelectMany(_ => Enumerable.Range(0, InnerCycles).SelectMany(_ => Stack(0)).Concat(Stack(Depth)));

    public override Tensor Run(Tensor hidden, Tensor? start, Func<Tensor, Tensor> next)
    {
        using var scope = NewDisposeScope();
        var norm = new Norm(Norm, null, null);
        var (low, high) = (start!, hidden);
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            for (var inner = 0; inner < InnerCycles; inner++)
                low = Through(low, high, norm, next);
            high = Through(high, low, norm, next);
        }
        return high.MoveToOuterDisposeScope();
    }

    private IEnumerable<int> Stack(int first) => Enumerable.Range(first, Depth);

    private Tensor Through(Tensor own, Tensor other, Norm norm, Func<Tensor, Tensor> next)
    {
        using var scope = NewDisposeScope();
        var passed = own.add(other, Number.One);
        for (var block = 0; block < Depth; block++)
            passed = next(passed);
        return norm.Forward(passed).MoveToOuterDisposeScope();
    }
}
