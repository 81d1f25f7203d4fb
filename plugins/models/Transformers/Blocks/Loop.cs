using static TorchSharp.torch;

namespace LlmKick.Transformers.Blocks;

/// <summary>Blocks that run several times with the same weights.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many they are, one behind the other.</param>
internal abstract record Loop(int First, int Count)
{
    /// <summary>Rounds of a loop, at most: more than any model has.</summary>
    public const int MostRounds = 1024;

    /// <summary>The block behind the last.</summary>
    public int End => First + Count;

    /// <summary>The blocks in the order in which they run.</summary>
    public abstract IEnumerable<int> Order { get; }

    /// <summary>From what enters the loop to what leaves it.</summary>
    /// <param name="hidden">[batch, length, width]; stays as it is.</param>
    /// <param name="start">What a second hidden state begins with, [width]; null where the model's ends have none.</param>
    /// <param name="next">Runs the next block of <see cref="Order"/>; disposes what it is given.</param>
    /// <returns>[batch, length, width], in the caller's dispose scope.</returns>
    public abstract Tensor Run(Tensor hidden, Tensor? start, Func<Tensor, Tensor> next);

    /// <summary>Whether a block is one of them.</summary>
    public bool Has(int block) => block >= First && block < End;
}
