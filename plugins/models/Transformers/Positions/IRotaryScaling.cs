using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>A change of the rotary frequencies that lets a model read longer texts than it was trained on.</summary>
internal interface IRotaryScaling
{
    /// <summary>Changes the frequencies θ^(−2i/d), float32 [rotated width / 2].</summary>
    /// <param name="frequencies">As they are without scaling.</param>
    /// <param name="rotary">What they are made of.</param>
    /// <param name="regime">As <see cref="Regime"/> gives it.</param>
    Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime);

    /// <summary>What cosines and sines are multiplied by.</summary>
    double Amplitude => 1;

    /// <summary>Which table a text of a length uses, where that depends on it: texts of equal regime share a table.</summary>
    /// <param name="length">Tokens of the whole text.</param>
    long Regime(long length) => 0;

    /// <summary>Whether <see cref="Regime"/> ever changes.</summary>
    bool DependsOnLength => false;
}
