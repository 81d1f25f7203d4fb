using LlmKick.Sdk;

namespace LlmKick.Quantization;

/// <summary>Methods that store weights in few bits.</summary>
public sealed class QuantizationPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddCompressor<RtnOptions>("rtn", "Rounds every weight to the nearest value of an integer grid. Needs no calibration.",
            o => new Rtn(o));
        registry.AddCompressor<GptqOptions>("gptq",
            "Rounds weights column by column and lets the rest make up for it (second-order solver).", o => new Gptq(o));
        registry.AddCompressor<AwqOptions>("awq",
            "Gives the inputs that matter finer steps, by scales that the norm before takes back, then rounds.", o => new Awq(o));
        registry.AddCompressor<SparseGptqOptions>("sparsegpt-gptq", "Prunes and rounds in one pass over the columns: each makes up for "
            + "what the other did (SparseGPT's joint form).", o => new Gptq(o, o.Removal));
        registry.AddCompressor<SmoothQuantOptions>("smoothquant", "8-bit weights and activations, multiplied as integers, after scales "
            + "have moved the activations' outliers into the weights.", o => new SmoothQuant(o));
        registry.AddCompressor<LlmInt8Options>("llm-int8", "8-bit weights and activations, multiplied as integers, with inputs that are "
            + "too large as floats. Needs no calibration.", o => new LlmInt8(o));
        registry.AddCompressor<KvCacheOptions>("kv-cache",
            "Rounds the keys and values that attention keeps; weights stay. Needs no calibration.", o => new KvCache(o));
        registry.AddCompressor<Fp8Options>("fp8", "Rounds weights to 8-bit floats (E4M3). Needs no calibration.", o => new Fp8(o));
        registry.AddCompressor<FloatOptions>("nf4", "Rounds weights to 4-bit NormalFloat, groups of 64 (QLoRA). Needs no calibration.",
            o => new Nf4(o));
        registry.AddCompressor<FloatOptions>("mxfp4",
            "Rounds weights to 4-bit microscaling floats, groups of 32 (OCP). Needs no calibration.", o => new Mxfp4(o));
    }
}
