using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>
/// How the keys and values of attention are rounded (KIVI, Liu et al., arXiv 2402.02750, section 2): x ≈ scale · code + low, low and high
/// being the least and largest of <see cref="GroupSize"/> consecutive numbers of one head and token, scale = (high − low) / (2^bits − 1).
/// </summary>
/// <remarks>
/// Keys are rounded after the rotation by position, and every token on its own, the newest ones too: a text read at once gives what reading
/// it token by token gives. KIVI itself keeps the newest tokens as floats and lets keys share scales over tokens.
/// </remarks>
/// <param name="Bits">Bits of a code, 2 … 8.</param>
/// <param name="GroupSize">Numbers that share a scale; null for a whole head.</param>
public sealed record KeyValueScheme(int Bits, int? GroupSize = null)
{
    // Of equal numbers the scale is 0, and would be divided by.
    private const double LeastScale = 1e-30;

    /// <summary>Refuses heads that the scheme does not fit.</summary>
    /// <param name="headWidth">Numbers in a head.</param>
    /// <exception cref="LlmKickException">The bits are not 2 … 8, or the group size does not divide the head's width.</exception>
    public void RequireFit(long headWidth)
    {
        if (Bits is < 2 or > 8)
            throw new LlmKickException($"Keys and values cannot be rounded to {Bits} bits: choose 2 to 8.");
        if (GroupSize is { } size && (size < 1 || headWidth % size != 0))
            throw new LlmKickException($"Groups of {size} do not fit the model's heads of {headWidth} numbers: choose a divisor of "
                + $"{headWidth}, or leave the group size out for whole heads.");
    }

    /// <summary>Rounds keys or values.</summary>
    /// <param name="heads">[…, head width], any float dtype.</param>
    /// <returns>What the codes stand for, of the same shape and dtype, owned by the caller's dispose scope.</returns>
    public torch.Tensor Round(torch.Tensor heads)
    {
        using var scope = torch.NewDisposeScope();
        var groups = heads.to(torch.float32).reshape([.. heads.shape[..^1], -1, GroupSize ?? heads.shape[^1]]);
        var low = groups.amin([-1], keepdim: true);
        var scale = (groups.amax([-1], keepdim: true) - low).div_(Number.Of((1 << Bits) - 1)).clamp_min_(Number.Of(LeastScale));
        return ((groups - low) / scale).round_().mul_(scale).add_(low, Number.One).view(heads.shape).to(heads.dtype)
            .MoveToOuterDisposeScope();
    }
}
