using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Memory of weights of blocks that are not needed any more, for those of the next: systems take long to give pages out
/// anew. All are of one dtype and device.</summary>
internal sealed class WeightPool : IDisposable
{
    private readonly ConcurrentDictionary<(long Rows, long Columns), ConcurrentBag<Tensor>> _free = new();

    /// <summary>A tensor of a shape, with whatever stands in it, in nobody's dispose scope; null where none is free.</summary>
    public Tensor? Take(long[] shape) =>
        _free.TryGetValue((shape[0], shape[1]), out var bag) && bag.TryTake(out var weight) ? weight : null;

    /// <summary>Gives a weight's memory back.</summary>
    public void Give(Tensor weight) => _free.GetOrAdd((weight.shape[0], weight.shape[1]), _ => []).Add(weight);

    public void Dispose()
    {
        foreach (var weight in _free.Values.SelectMany(bag => bag))
            weight.Dispose();
    }
}
