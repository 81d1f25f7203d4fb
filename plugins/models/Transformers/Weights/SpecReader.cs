using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Weights;

/// <summary>Reads what decides a model's computation: <c>config.json</c> of a folder, or the metadata of a GGUF file.</summary>
internal static class SpecReader
{
    private const string TextSection = "text_config";

    /// <summary>What a family need not ask for, for the tensors' shapes say it or it changes nothing.</summary>
    private static readonly string[] SaidByShapes =
    [
        "tensor_data_layout", "rope.scaling.finetuned", "feed_forward_length", "attention.head_count_kv", "attention.key_length",
        "attention.value_length", "vocab_size", "rope.dimension_count",
        "rope.freq_base", "expert_feed_forward_length", "expert_shared_feed_forward_length", "expert_shared_count",
        "leading_dense_block_count", "interleave_moe_layer_step",
    ];

    public static ModelSpec Read(IWeightSource source) => source is GgufWeights gguf ? OfGguf(gguf) : OfFolder(source);

    private static ModelSpec OfFolder(IWeightSource source)
    {
        var path = Path.Combine(source.Path, "config.json");
        using var document = JsonFile.Read(path);
        var whole = new ConfigFields(path, document.RootElement.Clone());
        var (family, fields) = Text(whole);
        fields.Skip("model_type", "quantization_config");
        var config = new ModelConfig(fields, ByBlock(fields));
        var vocabulary = fields.Need(Keys.Vocabulary);
        return Finished(new ModelSpec(family, config, vocabulary), source);
    }

    /// <summary>The text model: inside a wrapper, or the whole.</summary>
    private static (Family Family, ConfigFields Fields) Text(ConfigFields whole)
    {
        var name = whole.Text("model_type")
            ?? throw new LlmKickException($"'{whole.Path}' has no 'model_type', which names the architecture.");
        if (whole.Section(TextSection) is not { } inner)
            return (FamilyList.Find(name, whole.Path), whole);
        var text = inner.Text("model_type") ?? (name.StartsWith("llava", StringComparison.Ordinal) ? "llama" : name);
        return (FamilyList.Find(text, whole.Path), inner.Has(Keys.Tied) ? inner : inner.Beside(whole, Keys.Tied));
    }

    private static Dictionary<int, ConfigFields>? ByBlock(ConfigFields fields)
    {
        if (fields.Section(Keys.ByBlock.Name) is not { } all)
            return null;
        var blocks = new Dictionary<int, ConfigFields>();
        foreach (var name in all.Names)
            blocks[int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var block) ? block
                : throw all.Wrong(name, "settings of a block, named by its number")]
                = all.Section(name) ?? throw all.Wrong(name, "an object");
        return blocks;
    }

    private static ModelSpec OfGguf(GgufWeights weights)
    {
        var prefix = weights.Architecture + ".";
        var section = weights.File.Metadata.Section(prefix);
        var family = FamilyList.FindGguf(weights.Architecture, weights.Path, key => section.TryGetProperty(key, out var value)
            && value.ToString() is not "0" ? value.ToString() : "");
        var (fields, blocks) = GgufBlocks.Read(weights.Path, section, prefix);
        fields.Skip(SaidByShapes);
        if (fields.Flag("attention.causal") is false)
            throw new LlmKickException($"'{weights.Path}' is of a model whose tokens see those behind them too (attention.causal = false); "
                + $"only models that write text are read.");
        var config = new ModelConfig(fields, blocks)
        {
            HasTensor = weights.Contains,
            RowsOf = name => weights.Contains(name) ? weights.Shape(name)[0] : 0,
            Factors = Factors(weights),
        };
        var vocabulary = fields.Size(Keys.Vocabulary) ?? Rows(weights);
        return Finished(new ModelSpec(family, config, vocabulary), weights);
    }

    // A size that is cut here does not fit the tensor's shape, which is refused later.
    private static int Rows(GgufWeights weights) => (int)Math.Min(weights.Shape("token_embd.weight")[0], ConfigFields.GreatestSize);

    private static Dictionary<string, float[]> Factors(GgufWeights weights)
    {
        var factors = new Dictionary<string, float[]>();
        foreach (var name in GgufRotary.Tensors.Where(weights.Contains))
        {
            if (weights.Shape(name) is { Count: not 1 } shape)
                throw new LlmKickException($"'{weights.Path}' has the tensor '{name}' of shape [{string.Join(", ", shape)}], and one "
                    + $"number a frequency is needed.");
            using var values = weights.Read(name, ScalarType.Float32);
            factors[name] = values.data<float>().ToArray();
        }
        return factors;
    }

    private static ModelSpec Finished(ModelSpec spec, IWeightSource source)
    {
        // Faults of blocks show before weights are read; a count beyond any model's may be a damaged one.
        _ = (spec.Block(0), spec.Block(spec.BlockCount <= 512 ? spec.BlockCount - 1 : 0));
        KeyCheck.Require(spec);
        return HeadCheck.Tied(spec, source);
    }
}
