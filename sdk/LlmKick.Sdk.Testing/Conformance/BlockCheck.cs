using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>Checks a model's blocks as compressors use them. On the compute thread.</summary>
internal static class BlockCheck
{
    /// <summary>Runs tokens through all blocks and looks at what is shown.</summary>
    public static void RequireSound(ITransformer model, IReadOnlyList<int> tokens)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var hidden = model.Embed(torch.tensor(tokens.Select(id => (long)id).ToArray(), [1, tokens.Count], device: model.Device));
        for (var index = 0; index < model.BlockCount; index++)
        {
            using var block = model.Open(index);
            Assert.True(block.Index == index, $"Open({index}) gives the block {block.Index}.");
            var after = block.Forward(hidden, null);
            var shown = new List<string>();
            var observed = block.Forward(hidden, (group, input) => shown.Add(Look(group, input)));
            RequireShown(block, shown);
            RequireNamed(block);
            Assert.True(after.shape.SequenceEqual(hidden.shape) && after.eq(observed).all().item<bool>(),
                $"Block {index} gives another result when observed, or another shape than [{string.Join(", ", hidden.shape)}].");
            hidden = after;
        }
    }

    /// <summary>Sets all linears of a block to zero, and looks whether the block has it when it is opened again.</summary>
    public static void ClearBlock(ITransformer model, int index)
    {
        using var scope = torch.NewDisposeScope();
        var encoding = new PrunedEncoding("0:1");
        using (var block = model.Open(index))
        {
            foreach (var linear in block.Groups.SelectMany(group => group.Linears))
                linear.Replace(torch.zeros_like(linear.Weight), encoding);
            block.Commit();
        }
        using var again = model.Open(index);
        foreach (var linear in again.Groups.SelectMany(group => group.Linears))
            Assert.True(linear.Weight.count_nonzero().item<long>() == 0 && Equals(linear.Encoding, encoding),
                $"Block {index} was changed, committed and disposed, and {linear.Name} is as before when the block is opened again: "
                    + $"IBlock.Commit keeps weights, codes and encodings.");
    }

    /// <summary>Each group once, in order; experts that no token reaches are not shown.</summary>
    private static void RequireShown(IBlock block, List<string> shown)
    {
        var expected = block.Groups.Where(group => shown.Contains(group.Name) || group.Linears.All(linear => linear.Expert is null))
            .Select(group => group.Name);
        Assert.True(shown.SequenceEqual(expected), $"Block {block.Index} shows the inputs of {string.Join(", ", shown)}, its groups are "
            + $"{string.Join(", ", block.Groups.Select(group => group.Name))}: show each once, in order.");
    }

    private static void RequireNamed(IBlock block)
    {
        var linears = block.Groups.SelectMany(group => group.Linears).ToList();
        Assert.True(linears.DistinctBy(linear => linear.Name).Count() == linears.Count,
            $"Two linears of block {block.Index} have one name: they are stored and selected by it.");
        Assert.True(block.Parameters.Keys.All(name => name.Contains('.', StringComparison.Ordinal)), $"Parameters of block {block.Index} "
            + $"are {string.Join(", ", block.Parameters.Keys)}: give full names, such as input_layernorm.weight.");
        foreach (var group in block.Groups.Where(group => group.Source is not null))
            Assert.True(group.Linears.All(group.Source!.Readers.Contains), $"{group.Source!.Name} of block {block.Index} does not know the "
                + $"linears of {group.Name} as readers of its output: name all in InputSource.Readers.");
    }

    private static string Look(LinearGroup group, torch.Tensor input)
    {
        Assert.True(group.Linears.All(linear => linear.Inputs == input.shape[^1]), $"The input of {group.Name} has a width of "
            + $"{input.shape[^1]}, its linears take {string.Join(", ", group.Linears.Select(linear => linear.Inputs))}.");
        return group.Name;
    }
}
