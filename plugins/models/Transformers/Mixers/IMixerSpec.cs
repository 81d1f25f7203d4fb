using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Mixers;

/// <summary>A mixer as a family describes it: what it is made of follows, before anything is read.</summary>
internal interface IMixerSpec
{
    /// <summary>The tensors that it asks for.</summary>
    IEnumerable<ParameterSpec> Parameters { get; }

    /// <summary>What is kept of each token; null for nothing.</summary>
    KeptTokens? Kept { get; }

    /// <summary>What is kept of all tokens together: the shape of each state of one text, and whether it is float64 whatever the
    /// model's type.</summary>
    IReadOnlyList<StateShape> States => [];

    /// <summary>How positions are rotated; null where they are not.</summary>
    RotarySpec? Rotary { get; }

    /// <summary>Makes it of tensors.</summary>
    IMixer Build(IPartReader reader);
}
