using System.Collections.ObjectModel;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>
/// A decoder block on lease: opened it is read, and until it is disposed its tensors may be looked at and its linears changed, through
/// <see cref="Linear"/>'s methods and <see cref="InputSource.Scale"/>. <see cref="Commit"/> gives the changes to the model; a block that
/// is disposed without it is dropped.
/// </summary>
/// <remarks>
/// A model may read a block's weights when it is opened and let go of them when it is disposed, so that it need not fit into memory.
/// Callers therefore hold one block at a time, keep none of its tensors beyond <see cref="IDisposable.Dispose"/>, and do not count on what
/// they changed and did not
/// commit: a model that keeps its blocks in memory has the change, another has not.
/// </remarks>
public interface IBlock : IDisposable
{
    /// <summary>The block's place in the original model.</summary>
    int Index { get; }

    /// <summary>The block's linear groups, in the order in which the forward pass reaches them.</summary>
    IReadOnlyList<LinearGroup> Groups { get; }

    /// <summary>
    /// Everything of the block that is not a linear's weight, by its full name inside the block, such as <c>input_layernorm.weight</c> or
    /// <c>self_attn.q_proj.bias</c>: norms, biases, attention sinks, scalars. They are the model's own (or views of them), and are stored
    /// with a compressed block.
    /// </summary>
    /// <value>None.</value>
    IReadOnlyDictionary<string, torch.Tensor> Parameters => ReadOnlyDictionary<string, torch.Tensor>.Empty;

    /// <summary>Runs the block on whole sequences from position 0, with causal attention, as it is now: changes are in force at
    /// once.</summary>
    /// <remarks>
    /// Blocks that a model runs several times, in a loop, run as one: each is given what enters the loop, runs the whole loop with all its
    /// blocks as they are now, tells of its own groups at each of its visits, and gives back what it was given, but for the loop's last
    /// block, which gives what leaves the loop. So each linear is seen once, and statistics of it are sums over all visits.
    /// </remarks>
    /// <param name="hidden">[batch, length, width].</param>
    /// <param name="observe">Told each group's input, […, inputs], while it is alive; null to only compute. A group that no token reaches,
    /// as an expert, is not told of.</param>
    /// <returns>[batch, length, width], owned by the caller.</returns>
    torch.Tensor Forward(torch.Tensor hidden, Action<LinearGroup, torch.Tensor>? observe = null);

    /// <summary>Runs the block as <see cref="Forward"/> does, and shows the groups of every expert all tokens, whichever experts they are
    /// sent to.</summary>
    /// <param name="hidden">[batch, length, width].</param>
    /// <param name="observe">Told each group's input.</param>
    /// <returns>What <see cref="Forward"/> gives, owned by the caller.</returns>
    /// <exception cref="LlmKickException">The block has experts and cannot.</exception>
    torch.Tensor ForwardShowingAll(torch.Tensor hidden, Action<LinearGroup, torch.Tensor> observe) =>
        Groups.Any(group => group.Linears.Any(linear => linear.Expert is not null))
            ? throw new LlmKickException("This model cannot show every expert all tokens: write `calibrate: routed`, or leave it out.")
            : Forward(hidden, observe);

    /// <summary>Makes the block as it is now the model's: its forward passes, later openings and checkpoints have it. May be called again
    /// after further changes.</summary>
    void Commit();
}
