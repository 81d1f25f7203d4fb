using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

/// <summary>What the inputs have passed that a method looks at.</summary>
public sealed class InputOriginTests
{
    [Fact]
    public void Compress_Original_SeesTheInputsOfTheUncompressedModel()
    {
        using var model = new TinyLlama();
        using var untouched = new TinyLlama();
        var (seen, expected) = (Run(new Zeroing(InputOrigin.Original), model), Run(new Zeroing(InputOrigin.Original, false), untouched));
        Assert.Equal(expected, seen);
        Assert.Equal(3, model.Forwards);
    }

    [Fact]
    public void Compress_CompressedGroups_SeesWhatEarlierGroupsOfTheBlockBecame()
    {
        using var model = new TinyLlama(1);
        var seen = Run(new Zeroing(InputOrigin.CompressedGroups), model);
        Assert.True(seen[0] > 0);
        Assert.Equal([0, 0], [seen[1], seen[3]]);
        Assert.Equal(4, model.Forwards);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Compress_OriginalWithStoredBlocks_SeesTheSame(int stored)
    {
        var store = new MemoryBlockStore();
        using var whole = new TinyLlama();
        var expected = Run(new Zeroing(InputOrigin.Original), whole, store);
        for (var block = stored; block < 3; block++)
            store.Forget(block);
        using var resumed = new TinyLlama();
        Assert.Equal(expected[(4 * stored)..], Run(new Zeroing(InputOrigin.Original), resumed, store));
        Assert.All(resumed.Linears, l => Assert.Equal(0, l.Weight.count_nonzero().item<long>()));
        Assert.Equal(stored == 3 ? 0 : 3, resumed.Forwards);
    }

    [Fact]
    public void DivideInputs_Statistics_AreThoseOfDividedInputs()
    {
        using var scope = torch.NewDisposeScope();
        var inputs = torch.randn(2, 5, 3);
        var (group, scales) = (new LinearGroup("g", [new Linear("l", torch.randn(4, 3))]), torch.tensor(new[] { 0.5f, 2, 3 }));
        GroupStatistics Gather(torch.Tensor values)
        {
            var observer = new GroupObserver(group, InputStatistics.Inputs | InputStatistics.Hessian | InputStatistics.ColumnSquares,
                "here", torch.CPU);
            observer.Observe(values);
            return observer.Finish(2);
        }
        var (divided, expected) = (Gather(inputs), Gather(inputs / scales));
        divided.DivideInputs(scales);
        Assert.True(divided.Hessian.allclose(expected.Hessian, 1e-4) && divided.ColumnSquares.allclose(expected.ColumnSquares, 1e-4));
        Assert.True(divided.Inputs.Single().allclose(expected.Inputs.Single(), 1e-4));
    }

    private static List<float> Run(Zeroing method, TinyLlama model, IBlockStore? store = null)
    {
        method.Run(model, TinyLlama.Calibration(), store);
        return method.Seen;
    }

    /// <summary>Zeroes every weight, and keeps the mean size of each group's inputs.</summary>
    private sealed class Zeroing(InputOrigin origin, bool zero = true) : LinearCompressor
    {
        public List<float> Seen { get; } = [];

        public override InputStatistics Needs => InputStatistics.Inputs;

        protected override InputOrigin Origin => origin;

        protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
        {
            Seen.Add(statistics.Inputs.Sum(input => input.abs().mean().item<float>()));
            foreach (var linear in group.Linears)
                if (zero)
                    linear.Replace(linear.Weight * Number.Of(0), LinearEncoding.Dense);
        }
    }
}
