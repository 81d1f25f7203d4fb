using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Mixers;

/// <summary>A mixer as a family describes it: what it is made of follows, before anything is read.</summary>
internal interface IMixerSpec
{
    /// <summary>The tensors that it asks for.</summary>
    IEnumerable<ParameterSpec> Parameters { get; }

    /// <summary>Heads of keys (and of values) that are kept of each token, and their width; null where nothing is.</summary>
    (int Heads, int Width)? Kept { get; }

    /// <summary>Makes it of tensors.</summary>
    IMixer Build(IPartReader reader, int block);
}
