using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>
/// Compresses a model block by block: statistics once per linear group from the uncompressed block, then the block again,
/// compressed, for the next block's inputs. Memory: the calibration set's activations and about two blocks.
/// </summary>
public static class BlockwisePass
{
    /// <summary>Runs the pass.</summary>
    /// <param name="model">The model, changed in place.</param>
    /// <param name="needs">What <paramref name="compress"/> must know of the inputs.</param>
    /// <param name="compress">Compresses one group's linears through <see cref="Linear"/>'s methods.</param>
    /// <param name="context">Calibration, seed, reports, checkpoints. Blocks in the store are restored, not compressed again.</param>
    /// <exception cref="LlmKickException">There is no calibration set for a method that needs one or it is empty, or weights or inputs are
    /// NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Canceled; finished blocks are in the store.</exception>
    public static void Run(ITransformer model, InputStatistics needs, Action<LinearGroup, GroupStatistics, GroupContext> compress,
        CompressionContext context)
    {
        ArgumentNullException.ThrowIfNull(compress);
        Run(model, new PassPlan(needs, compress), context);
    }

    internal static void Run(ITransformer model, PassPlan plan, CompressionContext context)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(context);
        if (plan.Needs != InputStatistics.None && context.Calibration is null)
            throw new LlmKickException(
                "The method looks at activations, but the recipe has no calibration data: add a 'calibration' section.");
        if (context.Calibration is { } set && (set.Sequences.Count == 0 || set.Sequences.Any(sequence => sequence.Length == 0)))
            throw new LlmKickException("The calibration set has no tokens, or a sequence without any: calibrate with sequences of at "
                + "least one token.");

        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        new BlockwiseRun(model, plan, context).Run();
    }
}
