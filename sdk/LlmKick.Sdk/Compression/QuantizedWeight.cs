using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A weight as integers, scales and zeros. What is computed with and what is written to files both come from these.</summary>
public sealed class QuantizedWeight
{
    // Files hold a column's group as a 32-bit integer (g_idx).
    private const double OrderBits = 32;

    internal static readonly IReadOnlyList<string> PartNames = ["codes", "scales", "zeros", "column_groups"];

    /// <summary>Puts a weight together.</summary>
    /// <param name="encoding">What the parts mean; <see cref="QuantizedEncoding.BitsPerWeight"/> is counted here.</param>
    /// <param name="codes">[outputs, inputs]; uint8 for up to 8 bits, else int32.</param>
    /// <param name="scales">float32 [outputs, groups]; [1, 1] for a whole matrix.</param>
    /// <param name="zeros">The codes of zero, shaped like <paramref name="scales"/>, of the codes' type; null for symmetric grids and
    /// floats.</param>
    /// <param name="columnGroups">int64 [inputs], each column's group; null where column i is in group ⌊i / group size⌋.</param>
    public QuantizedWeight(QuantizedEncoding encoding, torch.Tensor codes, torch.Tensor scales, torch.Tensor? zeros = null,
        torch.Tensor? columnGroups = null)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        (Codes, Scales, Zeros, ColumnGroups) = (codes, scales, zeros, columnGroups);
        var bits = scales.numel() * (double)encoding.ScaleBits + (zeros?.numel() ?? 0) * (double)encoding.Bits
            + (columnGroups?.numel() ?? 0) * OrderBits;
        Encoding = encoding with { BitsPerWeight = encoding.Bits + bits / codes.numel() };
    }

    /// <summary>What the parts mean.</summary>
    public QuantizedEncoding Encoding { get; }

    /// <summary>[outputs, inputs]; uint8 for up to 8 bits, else int32.</summary>
    public torch.Tensor Codes { get; }

    /// <summary>float32 [outputs, groups]; [1, 1] for a whole matrix.</summary>
    public torch.Tensor Scales { get; }

    /// <summary>The codes of zero, shaped like <see cref="Scales"/>; null for symmetric grids and floats.</summary>
    public torch.Tensor? Zeros { get; }

    /// <summary>int64 [inputs], each column's group; null where column i is in group ⌊i / group size⌋.</summary>
    public torch.Tensor? ColumnGroups { get; }

    /// <summary>The parts by name, without those that are not there.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> Parts => PartNames.Zip([Codes, Scales, Zeros, ColumnGroups])
        .Where(p => p.Second is not null).ToDictionary(p => p.First, p => p.Second!);

    /// <summary>Puts a weight together from its parts by name.</summary>
    internal static QuantizedWeight Of(QuantizedEncoding encoding, IReadOnlyDictionary<string, torch.Tensor> parts)
    {
        torch.Tensor Part(int index) => parts.GetValueOrDefault(PartNames[index])
            ?? throw new ArgumentException($"A quantized weight has no {PartNames[index]}.", nameof(parts));
        return new QuantizedWeight(encoding, Part(0), Part(1), parts.GetValueOrDefault(PartNames[2]),
            parts.GetValueOrDefault(PartNames[3]));
    }

    /// <summary>The weight that the parts stand for.</summary>
    /// <returns>float32 [outputs, inputs], on the codes' device, owned by the caller's dispose scope.</returns>
    public torch.Tensor Decode()
    {
        using var scope = torch.NewDisposeScope();
        var values = Encoding.Format == CodeFormat.Integer ? Codes.to(torch.float32).sub_(Offsets()) : LookUp();
        return values.mul_(Spread(Scales)).MoveToOuterDisposeScope();
    }

    /// <summary>A copy with the code of zero in some places; scales stay, so that the other weights do.</summary>
    /// <param name="removed">bool [outputs, inputs], on the codes' device.</param>
    /// <param name="encoding">The form of the zeros.</param>
    /// <returns>Null where a code of zero takes more bits than codes have, as files of GPTQ's first version allow.</returns>
    internal QuantizedWeight? Prune(torch.Tensor removed, PrunedEncoding encoding) => Zeros?.max().to(torch.int64)
        .item<long>() >= 1L << Encoding.Bits
        ? null
        : new(Encoding with { Pruned = encoding }, torch.where(removed, CodesOfZero(), Codes), Scales.clone(), Zeros?.clone(),
            ColumnGroups?.clone());

    private torch.Tensor CodesOfZero()
    {
        var codes = Encoding.Format == CodeFormat.Integer ? Offsets()
            : torch.full([1, 1], Number.Of(CodeValues.Of(Encoding.Format).ToList().IndexOf(0)), device: Codes.device);
        return codes.to(Codes.dtype);
    }

    private torch.Tensor Offsets() => Zeros is null
        ? torch.full([1, 1], Number.Of(Encoding.Symmetric ? 1 << (Encoding.Bits - 1) : 0), dtype: torch.float32, device: Codes.device)
        : Spread(Zeros.to(torch.float32));

    private torch.Tensor LookUp() => torch.tensor(CodeValues.Of(Encoding.Format).ToArray(), device: Codes.device)
        .index_select(0, Codes.flatten().to(torch.int64)).view(Codes.shape);

    /// <summary>int64 [inputs], each column's group; all 0 where a row has one scale.</summary>
    internal torch.Tensor GroupOfColumns() => (ColumnGroups, Encoding.GroupSize) switch
    {
        ({ } groups, _) => groups,
        (_, { } size) => torch.arange(Number.Of(0), Number.Of(Codes.shape[1]), Number.One, device: Codes.device)
            .floor_divide(Number.Of(size)),
        _ => torch.zeros(Codes.shape[1], dtype: torch.int64, device: Codes.device),
    };

    /// <summary>[outputs, groups] to [outputs, inputs], or what broadcasts to it.</summary>
    private torch.Tensor Spread(torch.Tensor perGroup) =>
        ColumnGroups is null && Encoding.GroupSize is null ? perGroup : perGroup.index_select(1, GroupOfColumns());
}
