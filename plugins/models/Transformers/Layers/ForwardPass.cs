using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>What all blocks share in one forward pass: where its tokens stand and what they may look at.</summary>
internal sealed class ForwardPass
{
    public required RotaryAngles Angles { get; init; }

    /// <summary>Where keys and values go, or null to keep nothing.</summary>
    public CacheWriter? Cache { get; init; }

    /// <summary>Whether keys of earlier passes are looked at.</summary>
    public bool HasHistory { get; init; }

    /// <summary>0 where a token may look and −∞ elsewhere, [batch, 1, length or 1, keys]; null where every key counts.</summary>
    public Tensor? Mask { get; init; }

    /// <summary>Whole sequences from position 0; nothing is kept.</summary>
    public static ForwardPass OfWhole(RotaryTable rotary, long length) => new() { Angles = rotary.First(0, length) };
}
