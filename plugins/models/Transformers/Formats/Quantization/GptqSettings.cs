using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>What a GPTQ checkpoint says of itself.</summary>
/// <param name="Bits">Bits a code: 2, 3, 4 or 8.</param>
/// <param name="GroupSize">Inputs that share a scale, or −1 where a row does.</param>
/// <param name="Symmetric">Whether every zero is the middle code.</param>
/// <param name="Version2">Whether zeros are stored as they are, not less one.</param>
/// <param name="Overrides">Other widths for some linears.</param>
internal sealed record GptqSettings(int Bits, int GroupSize, bool Symmetric, bool Version2, ModuleRules Overrides)
{
    public static GptqSettings Read(ConfigFields fields)
    {
        if (fields.Text("pack_dtype") is { } type and not "int32")
            throw new LlmKickException($"'{fields.Path}' packs weights into {type}, which is not supported; supported: int32.");
        RefuseOtherWidths(fields);
        RefuseRotation(fields);
        return new GptqSettings(
            CheckedBits(fields, fields.Need(fields.Size("bits"), "bits")), fields.Need(fields.GroupSize("group_size"), "group_size"),
            fields.Flag("sym") ?? true, IsVersion2(fields), ModuleRules.Read(fields));
    }

    public int BitsOf(string module) => Overrides.Bits(module) ?? Bits;

    /// <summary>Inputs that share a scale in a linear; null where a row does.</summary>
    public int? GroupSizeOf(string module) => (Overrides.GroupSize(module) ?? GroupSize) is > 0 and var size ? size : null;

    public static int CheckedBits(ConfigFields fields, int bits) => bits is 2 or 3 or 4 or 8
        ? bits
        : throw new LlmKickException($"'{fields.Path}' has GPTQ weights of {bits} bits, which is not supported; supported: 2, 3, 4, 8.");

    /// <summary>Newer tools write `format` beside the older `checkpoint_format`; what zeros mean follows from it.</summary>
    private static bool IsVersion2(ConfigFields fields)
    {
        var (older, newer) = (fields.Text("checkpoint_format"), fields.Text("format"));
        if (older is not null && newer is not null && older != newer)
            throw new LlmKickException(
                $"'{fields.Path}' says checkpoint_format '{older}' and format '{newer}', which store zeros differently; take out the "
                    + $"one that is wrong, or quantize again.");
        return (newer ?? older ?? "gptq") switch
        {
            "gptq" => false,
            "gptq_v2" => true,
            var format => throw new LlmKickException(
                $"'{fields.Path}' has the checkpoint format '{format}', which is not supported; supported: gptq, gptq_v2."),
        };
    }

    /// <summary>Inputs that were rotated before quantizing must be rotated when they are used.</summary>
    private static void RefuseRotation(ConfigFields fields)
    {
        if (fields.Text("rotation") is { Length: > 0 } rotation)
            throw new LlmKickException($"'{fields.Path}' has weights for rotated inputs ('rotation': '{rotation}'), which are not "
                + $"supported; use a checkpoint without.");
    }

    private static void RefuseOtherWidths(ConfigFields fields)
    {
        if (fields.Section("extra_config")?.Unread().Any() == true)
            throw new LlmKickException($"'{fields.Path}' gives linears settings of their own by 'extra_config', which is not supported.");
    }
}
