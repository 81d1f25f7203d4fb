using System.Collections.ObjectModel;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>An opened decoder block. Changes to its linears are in force at once; closing it lets the model put it away.</summary>
public interface IBlock : IDisposable
{
    /// <summary>The block's place in the original model.</summary>
    int Index { get; }

    /// <summary>The block's linear groups, in the order in which the forward pass reaches them.</summary>
    IReadOnlyList<LinearGroup> Groups { get; }

    /// <summary>Weights of norms by name, that <see cref="LinearGroup.Scale"/> may change: they are stored with a compressed block.</summary>
    /// <value>None.</value>
    IReadOnlyDictionary<string, torch.Tensor> Norms => ReadOnlyDictionary<string, torch.Tensor>.Empty;

    /// <summary>Biases of linears by the linear's name, that <see cref="LinearGroup.Scale"/> may change: they are stored with a compressed block.</summary>
    /// <value>None.</value>
    IReadOnlyDictionary<string, torch.Tensor> Biases => ReadOnlyDictionary<string, torch.Tensor>.Empty;

    /// <summary>Runs the block on whole sequences from position 0, with causal attention.</summary>
    /// <param name="hidden">[batch, length, width].</param>
    /// <param name="observe">Told each group's input, [batch, length, inputs], while it is alive; null to only compute.</param>
    /// <returns>[batch, length, width], owned by the caller.</returns>
    torch.Tensor Forward(torch.Tensor hidden, Action<LinearGroup, torch.Tensor>? observe = null);
}
