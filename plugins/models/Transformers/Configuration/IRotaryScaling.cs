using static TorchSharp.torch;

namespace LlmKick.Transformers.Configuration;

/// <summary>A change of the rotary frequencies that lets a model read longer texts than it was trained on.</summary>
internal interface IRotaryScaling
{
    /// <summary>Changes the frequencies θ^(−2i/d), float32 [head width / 2].</summary>
    Tensor Scale(Tensor frequencies);
}
