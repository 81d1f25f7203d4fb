namespace LlmKick.Transformers.Blocks;

/// <summary>Where a block's norms stand.</summary>
internal enum FlowKind
{
    /// <summary>x + m(N₁ x), then x + f(N₂ x).</summary>
    Before,

    /// <summary>x + N₁ m(x), then x + N₂ f(x).</summary>
    After,

    /// <summary>x + N₂ m(N₁ x), then x + N₄ f(N₃ x).</summary>
    Around,

    /// <summary>x + m(N₁ x) + f(N₁ x), or f(N₂ x).</summary>
    Parallel,

    /// <summary>N₁(x + m(x)), then N₂(x + f(x)).</summary>
    Closing,

    /// <summary>x + m(N₁ x), or x + f(N₁ x): a block is one part.</summary>
    Alone,

    /// <summary>x ← N x, then x + |λ| (N m(x) − x), or the same with f: a block is one part.</summary>
    Towards,
}
