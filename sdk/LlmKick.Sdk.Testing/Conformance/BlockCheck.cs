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
            Assert.True(shown.SequenceEqual(block.Groups.Select(group => group.Name)), $"Block {index} shows the inputs of {string.Join(", ", shown)}, its groups are {string.Join(", ", block.Groups.Select(group => group.Name))}: show each once, in order.");
            Assert.True(after.shape.SequenceEqual(hidden.shape) && after.eq(observed).all().item<bool>(), $"Block {index} gives another result when observed, or another shape than [{string.Join(", ", hidden.shape)}].");
            hidden = after;
        }
    }

    /// <summary>Sets all linears of a block to zero.</summary>
    public static void ClearBlock(ITransformer model, int index)
    {
        using var block = model.Open(index);
        foreach (var linear in block.Groups.SelectMany(group => group.Linears))
        {
            using var zeros = torch.zeros_like(linear.Weight);
            linear.Replace(zeros, LinearEncoding.Dense);
        }
        block.Commit();
    }

    private static string Look(LinearGroup group, torch.Tensor input)
    {
        Assert.True(group.Linears.All(linear => linear.Inputs == input.shape[^1]), $"The input of {group.Name} has a width of {input.shape[^1]}, its linears take {string.Join(", ", group.Linears.Select(linear => linear.Inputs))}.");
        return group.Name;
    }
}
