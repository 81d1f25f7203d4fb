using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>Says where a form of weights is faster than the dense model. What is evaluated here is computed with decoded weights, so its
/// speed here is the dense model's.</summary>
internal static class SpeedNote
{
    /// <summary>What holds for a variant's linears.</summary>
    public static string Of(IReadOnlyList<LinearReport> linears)
    {
        var notes = linears.Select(linear => Of(linear.Encoding)).Distinct().ToList();
        return notes.Count == 0 ? "the dense model" : string.Join("; ", notes);
    }

    private static string Of(LinearEncoding encoding) => encoding switch
    {
        QuantizedEncoding { Activations: not null } => "computed with integers, here and on GPUs",
        QuantizedEncoding { Format: CodeFormat.Integer, Bits: > 8 } => "no speed: no engine computes with integers of this width",
        QuantizedEncoding { Format: CodeFormat.Integer } =>
            "none here; faster decoding in engines that keep the integers packed (llama.cpp, vLLM), as far as memory is the limit",
        QuantizedEncoding { Format: CodeFormat.Fp8E4M3 } => "none here; faster on GPUs that compute in fp8 (NVIDIA from Ada and Hopper on)",
        QuantizedEncoding => "none here; faster decoding in engines that keep the codes packed, as far as memory is the limit",
        PrunedEncoding { Pattern: "2:4" } => "none here; NVIDIA GPUs from Ampere on multiply 2:4 matrices up to twice as fast",
        PrunedEncoding => "none, here or on common hardware: zeros in this pattern are multiplied like any other number",
        _ => "none: not compressed",
    };
}
