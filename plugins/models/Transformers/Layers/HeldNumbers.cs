using TorchSharp;

namespace LlmKick.Transformers.Layers;

/// <summary>
/// Numbers for libtorch that are never let go. Of a plain number TorchSharp makes a native one that nothing holds once its handle was read:
/// another thread that collects garbage at that moment frees it before libtorch has looked at it. What a forward pass needs is held here.
/// </summary>
internal static class HeldNumbers
{
    public static Scalar One { get; } = 1;

    public static Scalar MinusOne { get; } = -1;
}
