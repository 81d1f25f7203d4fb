using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>What a compressor sees of a model: decoder blocks, opened one at a time.</summary>
public interface ITransformer
{
    /// <summary>Number of decoder blocks.</summary>
    int BlockCount { get; }

    /// <summary>All parameters, tied ones counted once.</summary>
    long ParameterCount { get; }

    /// <summary>Where blocks compute.</summary>
    torch.Device Device { get; }

    /// <summary>Whether blocks compute their linears by <see cref="Linear.Forward"/>, with <see cref="ActivationScheme"/>s in
    /// force.</summary>
    /// <value>False: methods that round activations refuse the model.</value>
    bool RoundsActivations => false;

    /// <summary>How keys and values are rounded before they are kept and looked at, in all blocks; null where they are not.</summary>
    /// <exception cref="LlmKickException">The model cannot.</exception>
    KeyValueScheme? KeyValues
    {
        get => null;
        set => throw new LlmKickException("This model cannot round its keys and values: the model's plugin was made without it.");
    }

    /// <summary>The hidden states that enter block 0.</summary>
    /// <param name="tokens">int64 [batch, length].</param>
    /// <returns>[batch, length, width] in the model's dtype, owned by the caller.</returns>
    torch.Tensor Embed(torch.Tensor tokens);

    /// <summary>Opens a block.</summary>
    /// <param name="index">0 … <see cref="BlockCount"/> − 1, the block's place in the original model.</param>
    IBlock Open(int index);
}
