using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Export.Folders;
using LlmKick.Transformers.Formats.Blocks;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>A GGUF file, for llama.cpp and what is built on it.</summary>
internal sealed class GgufForm : IExportForm
{
    public CheckpointFormat Format { get; } = new("gguf", "A GGUF file for llama.cpp, rounded by its reference quantisers.", [.. GgufMix.All.Select(mix => mix.Name)], ".gguf");

    public ExportDraft Draft(ExportedModel model, CheckpointSettings settings)
    {
        if (GgufArchitecture.Find(model.Config.Architecture.Name) is not { } architecture)
            return ExportDraft.Refused([$"GGUF files of the architecture '{model.Config.Architecture.Name}' cannot be written; written are {GgufArchitecture.Known}"]);
        var mix = GgufMix.Find(settings.Type!);
        var faults = model.Linears.Select(tensor => (Linear: tensor.Linear!, Reason: Fault(tensor.Linear!, TypeOf(tensor, mix, model.Config))!)).Where(fault => fault.Reason is not null).ToList();
        var sentences = LinearFaults.Sentences(faults);
        if (sentences.Count > 0 && !settings.KeepDense)
            return ExportDraft.Refused(sentences);
        var dense = faults.Select(fault => fault.Linear.Name).ToHashSet();
        var plans = model.Tensors.Select(tensor => Plan(tensor, dense.Contains(tensor.Linear?.Name ?? "") ? BlockTypes.Find("F16")! : TypeOf(tensor, mix, model.Config), model.Config, architecture));
        List<GgufPlan> tensors = [.. InOrder(plans, model.Source), .. RotaryFactors.Of(model.Config)];
        var writer = new GgufWriter(GgufPairs.Of(model, mix), tensors);
        return new ExportDraft([], [.. sentences.Select(sentence => sentence + ": stored as F16"), .. Notes(model, mix)], [new DraftFile("model.gguf", writer.Length, writer.Write)], tensors.Count);
    }

    /// <summary>Rounding again would change what was measured.</summary>
    private static string? Fault(LinearFacts linear, BlockType type) => linear.Encoding switch
    {
        _ when type.IsPlain || IntegerBlocks.Fit(linear, type) => null,
        QuantizedEncoding { Format: CodeFormat.Integer } quantized => $"has integers of {quantized.Bits} bits with scales of their own, which {type.Name} would round again to others",
        QuantizedEncoding quantized => $"has codes of {quantized.Format}, which {type.Name} would round again to others",
        PrunedEncoding when !type.KeepsZeros => $"is pruned, and {type.Name} has no exact zero: its zeros would become small numbers",
        _ => null,
    };

    private static IEnumerable<string> Notes(ExportedModel model, GgufMix mix)
    {
        if (LinearFacts.NoteOfInputs(model.Linears) is { } inputs)
            yield return inputs;
        var packed = model.Linears.Where(tensor => IntegerBlocks.Fit(tensor.Linear!, TypeOf(tensor, mix, model.Config))).ToList();
        if (packed.Count > 0 && Scales.Note(packed, ScalarType.Float16) is { } scales)
            yield return scales;
        if (packed.Count > 0)
            yield return "integers of linears are as they were measured; the embedding and the output are rounded to blocks, which was not";
        else if (mix.IsQuantized)
            yield return $"weights are rounded to {mix.Name}, which was not measured: measure the file itself";
        else if (mix.Name != "F32" && model.Linears.Any(tensor => tensor.Linear!.Encoding is not DenseEncoding))
            yield return $"changed weights were computed with more digits than {mix.Name} has, and are rounded to it";
    }

    private static BlockType TypeOf(ModelTensor tensor, GgufMix mix, TransformerConfig config)
    {
        if (tensor.Shape.Length < 2)
            return BlockTypes.Find("F32")!;
        var isOutput = tensor.Name == ModelLayout.Head || (tensor.Name == ModelLayout.Embedding && config.TiedEmbeddings);
        var place = tensor.Place is { } linear ? new MixPlace(linear.Role, linear.Block, linear.BlockCount, config.Heads / config.KeyValueHeads) : null;
        return mix.TypeOf(place, isOutput, tensor.Shape[^1]);
    }

    private static GgufPlan Plan(ModelTensor tensor, BlockType type, TransformerConfig config, GgufArchitecture architecture)
    {
        var heads = tensor.Name.Contains(".self_attn.q_proj.", StringComparison.Ordinal) ? config.Heads
            : tensor.Name.Contains(".self_attn.k_proj.", StringComparison.Ordinal) ? config.KeyValueHeads : 0;
        var isPacked = tensor.Linear is { } linear && IntegerBlocks.Fit(linear, type);
        Tensor Rows() => isPacked ? IntegerBlocks.Pack(tensor.Open!().Quantized!) : tensor.Read(ScalarType.Float32);
        Tensor Read() => architecture.PairsRotaryRows && heads > 0 ? RotaryRows.HalvesToPairs(Rows().contiguous(), heads) : Rows();
        return new GgufPlan(GgufTensorNames.ToGguf(tensor.Name), tensor.Shape, type, Read) { IsPacked = isPacked };
    }

    /// <summary>The order of the model's own file, if it is such a one.</summary>
    private static IEnumerable<GgufPlan> InOrder(IEnumerable<GgufPlan> plans, IWeightSource source)
    {
        if (source is not GgufWeights gguf)
            return plans;
        var places = gguf.File.Tensors.Keys.Index().ToDictionary(row => row.Item, row => row.Index);
        return plans.OrderBy(plan => places.GetValueOrDefault(plan.Name, int.MaxValue));
    }
}
