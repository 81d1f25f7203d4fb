using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>What an AWQ checkpoint says of itself.</summary>
/// <param name="GroupSize">Inputs that share a scale, or null where a row does.</param>
internal sealed record AwqSettings(int? GroupSize)
{
    public static AwqSettings Read(ConfigFields fields)
    {
        // AutoAWQ's older file and newer ones name two of them differently.
        var bits = fields.Need(fields.Size("bits") ?? fields.Size("w_bit"), "bits");
        if (bits != 4)
            throw new LlmKickException($"'{fields.Path}' has AWQ weights of {bits} bits, which is not supported; supported: 4.");
        if ((fields.Text("version") ?? "gemm").ToLowerInvariant() is var version and not "gemm")
            throw new LlmKickException(
                $"'{fields.Path}' has AWQ weights laid out for '{version}', which is not supported; supported: gemm.");
        if (fields.Flag("zero_point") == false)
            throw new LlmKickException($"'{fields.Path}' has AWQ weights without zero points, which is not supported.");
        var size = fields.Need(fields.GroupSize("group_size") ?? fields.GroupSize("q_group_size"), "group_size");
        return new AwqSettings(size > 0 ? size : null);
    }
}
