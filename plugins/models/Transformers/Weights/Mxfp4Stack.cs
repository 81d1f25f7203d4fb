using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Weights;

/// <summary>Experts as gpt-oss stores them: E2M1 floats in pairs, the first in the low half of a byte, 32 of them to an exponent of two,
/// offset 127 (OCP Microscaling Formats 1.0, section 6.3).</summary>
internal static class Mxfp4Stack
{
    public const string Blocks = "_blocks";

    private const int Bias = 127;
    private const string Stored = "U8";

    public static QuantizedEncoding Encoding { get; } = new() { Format = CodeFormat.Fp4E2M1, Bits = 4, ScaleBits = 8, GroupSize = 32 };

    /// <summary>The name that the same tensor has where its values are floats.</summary>
    public static string FloatsOf(string blocks) => blocks[..^Blocks.Length];

    /// <summary>The tensor of exponents that belongs to one of blocks.</summary>
    public static string ExponentsOf(string blocks) => blocks[..^Blocks.Length] + "_scales";

    /// <summary>Refuses blocks that are no bytes, and exponents that are missing or not one to each block.</summary>
    public static void Require(IWeightSource source, string name, StackPlace place)
    {
        var files = ((FolderWeights)source).Files;
        if (files.Describe(name).Dtype is not Stored and var dtype)
            throw new LlmKickException($"'{source.Path}' stores '{name}' as {dtype}: blocks of MXFP4 are {Stored}. Download the file "
                + "again, or take another checkpoint.");
        var exponents = ExponentsOf(name);
        if (!files.Contains(exponents) || files.Describe(exponents) is not { Dtype: Stored } stored
            || !stored.Shape.SequenceEqual(place.Shape[..3]))
            throw new LlmKickException($"'{source.Path}' has '{name}' and no '{exponents}' of {Stored} "
                + $"[{string.Join(", ", place.Shape[..3])}] beside it: blocks of MXFP4 need an exponent each. Download the file again, or "
                + "take another checkpoint.");
    }

    /// <summary>The rows of a place, owned by the caller's dispose scope.</summary>
    public static QuantizedWeight Read(IWeightSource source, string name, StackPlace place)
    {
        var files = ((FolderWeights)source).Files;
        using var scope = NewDisposeScope();
        var pairs = Rows(files.Read(name, place.Slice), place).flatten(1);
        var codes = stack([pairs.bitwise_and(tensor((byte)15)), pairs.div(Number.Of(16), RoundingMode.floor)], -1).flatten(1);
        var powers = Rows(files.Read(ExponentsOf(name), place.Slice), place).to_type(ScalarType.Float32).sub_(Number.Of(Bias));
        return new QuantizedWeight(Encoding, codes.to_type(ScalarType.Byte).MoveToOuterDisposeScope(),
            ones_like(powers).ldexp(powers.to_type(ScalarType.Int32)).MoveToOuterDisposeScope());
    }

    private static Tensor Rows(Tensor slice, StackPlace place) => slice.slice(0, place.First, slice.shape[0], place.Step)
        .narrow(0, 0, slice.shape[0] / place.Step);
}
