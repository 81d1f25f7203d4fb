using System.Globalization;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Blocks;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>A GGUF file, for llama.cpp and what is built on it.</summary>
internal sealed class GgufModelWriter : ModelWriter
{
    public override CheckpointFormat Format { get; } =
        new("gguf", "A GGUF file for llama.cpp, rounded by its reference quantisers.", [.. GgufMix.All.Select(mix => mix.Name)], ".gguf");

    protected override CheckpointDraft Draft(ExportedModel model, CheckpointSettings settings)
    {
        if (Unwritable(model) is { } reason)
            return CheckpointDraft.Refused([reason]);
        if (settings.Layout != ExpertLayout.Source)
            return CheckpointDraft.Refused(["GGUF files always stack experts: leave 'layout' out"]);
        var mix = GgufMix.Find(settings.Type!);
        var faults = model.Linears.Select(tensor => (Linear: tensor.Linear!, Reason: Fault(tensor, TypeOf(tensor, mix, model.Spec))!))
            .Where(fault => fault.Reason is not null).ToList();
        var sentences = LinearFaults.Sentences(faults);
        if (sentences.Count > 0 && !settings.KeepDense)
            return CheckpointDraft.Refused(sentences);
        if (settings.OneType && OtherTypes(model, mix) is { } others)
            return CheckpointDraft.Refused([others]);
        // All of a stack of experts is stored in one type.
        var dense = model.Linears.Where(tensor => faults.Exists(fault => fault.Linear == tensor.Linear))
            .Select(tensor => tensor.Parameter.Gguf).ToHashSet();
        var plans = Stacked(model.Tensors.Where(tensor => tensor.Parameter.Spec.GgufKey is null)
            .SelectMany(tensor => Plans(tensor, mix, model.Spec, tensor.Linear is not null && dense.Contains(tensor.Parameter.Gguf))
                .Select(plan => (Tensor: tensor, Plan: plan))));
        List<GgufPlan> tensors = [.. InOrder(plans, model.Source), .. RotaryFactors.Of(model.Spec)];
        var writer = new GgufWriter(GgufPairs.Of(model, mix), tensors);
        return new CheckpointDraft([new CheckpointFile("model.gguf", writer.Length, writer.Write)])
        {
            Notes = [.. sentences.Select(sentence => sentence + ": stored as F16"), .. Notes(model, mix)],
            TensorCount = tensors.Count,
        };
    }

    /// <summary>Why the model has no GGUF form, in a sentence; null where it has one.</summary>
    private static string? Unwritable(ExportedModel model)
    {
        var family = model.Spec.Family;
        if (family.GgufName is null && family.GgufFault(model.Spec) is { } unwritten)
            return unwritten;
        if (family.GgufName is null)
            return $"GGUF files of the architecture '{family.Name}' cannot be written, since llama.cpp does not know it";
        if (GgufSettings.Fault(model.Spec) is { } fault)
            return fault;
        return model.Tensors.FirstOrDefault(tensor => tensor.Parameter.Gguf is null) is { } unknown
            ? $"llama.cpp has no name for the tensor '{unknown.Name}' of the architecture '{family.Name}'" : null;
    }

    /// <summary>Rounding again would change what was measured.</summary>
    private static string? Fault(ModelTensor linear, BlockType type) => linear.Linear!.Encoding switch
    {
        _ when type.IsPlain => null,
        _ when linear.Linear.UnknownFault is { } fault => fault,
        _ when Packs(linear, type) => Scales.Fault(linear, ScalarType.Float16),
        QuantizedEncoding { Format: CodeFormat.Integer } quantized =>
            $"has integers of {quantized.Bits} bits with scales of their own, which {type.Name} would round again to others",
        QuantizedEncoding quantized => $"has codes of {quantized.Format}, which {type.Name} would round again to others",
        PrunedEncoding when !type.KeepsZeros => $"is pruned, and {type.Name} has no exact zero: its zeros would become small numbers",
        _ => null,
    };

    private static IEnumerable<string> Notes(ExportedModel model, GgufMix mix)
    {
        if (LinearFacts.NoteOfInputs(model.Linears) is { } inputs)
            yield return inputs;
        foreach (var note in GgufSettings.Notes(model.Spec))
            yield return note;
        if (OtherTypes(model, mix) is { } others)
            yield return others;
        var packed = model.Linears.Where(tensor => Packs(tensor, TypeOf(tensor, mix, model.Spec))).ToList();
        if (packed.Count > 0 && Scales.Note(packed, ScalarType.Float16) is { } scales)
            yield return scales;
        if (packed.Count > 0)
            yield return "integers of linears are as they were measured; the embedding and the output are rounded to blocks, which was not";
        else if (mix.IsQuantized)
            yield return $"weights are rounded to {mix.Name}, which was not measured: measure the file itself";
        else if (mix.Name != "F32" && model.Linears.Any(tensor => tensor.Linear!.Encoding is not DenseEncoding))
            yield return $"changed weights were computed with more digits than {mix.Name} has, and are rounded to it";
    }

    /// <summary>Linears whose rows are no whole blocks of the type that is asked for, and what that comes to.</summary>
    private static string? OtherTypes(ExportedModel model, GgufMix mix)
    {
        var wanted = BlockTypes.Find(mix.Base)!;
        var all = model.Linears.Where(tensor => !tensor.Parameter.Spec.StaysFloat).ToList();
        var others = all.Select(tensor => Array.Find(Shapes(tensor), shape => shape[^1] % wanted.Elements != 0) is { } shape
                ? TypeOf(tensor, shape, mix, model.Spec).Name : null).OfType<string>()
            .CountBy(name => name).OrderByDescending(type => type.Value).ToList();
        var (bytes, weights) =
            (all.Sum(tensor => Shapes(tensor).Sum(shape => TypeOf(tensor, shape, mix, model.Spec).Length(Count(shape)))),
            all.Sum(tensor => tensor.Count));
        return others.Count == 0 ? null
            : $"{others.Sum(type => type.Value)} of {all.Count} linears have rows that are no whole blocks of {wanted.Elements} and are "
                + $"stored otherwise: {string.Join(", ", others.Select(type => $"{type.Value} x {type.Key}"))}; linears have "
                + $"{(8.0 * bytes / weights).ToString("0.00", CultureInfo.InvariantCulture)} bits a weight, {mix.Base} has "
                + $"{(8.0 * wanted.Bytes / wanted.Elements).ToString("0.00", CultureInfo.InvariantCulture)}";
    }

    private static BlockType TypeOf(ModelTensor tensor, GgufMix mix, ModelSpec spec) => TypeOf(tensor, tensor.Shape, mix, spec);

    /// <param name="tensor">A tensor of the model.</param>
    /// <param name="shape">Its shape in the file, or that of a part of it.</param>
    /// <param name="mix">The type that is asked for.</param>
    /// <param name="spec">The model.</param>
    private static BlockType TypeOf(ModelTensor tensor, long[] shape, GgufMix mix, ModelSpec spec)
    {
        var parameter = tensor.Parameter;
        if (tensor.Shape.Length < 2 || parameter.Spec.Kind == ParameterKind.Other || parameter.Spec.StaysFloat)
            return BlockTypes.Find("F32")!;
        var isOutput = parameter.Name == spec.Head.Name || (parameter.Name == spec.Embedding.Name && spec.IsTied);
        var place = tensor.Linear is null ? null
            : new MixPlace(RoleOf(parameter), parameter.Block!.Value, spec.BlockCount, GgufSettings.QueriesPerKey(spec),
                GgufExperts.Count(spec));
        // Exceptions would round integers that the usual type holds.
        if (tensor.Linear is { } linear && IntegerBlocks.Fit(linear, BlockTypes.Find(mix.Base)!))
            place = place! with { Role = LinearRole.Other };
        return mix.TypeOf(place, isOutput, shape[^1]);
    }

    /// <summary>llama.cpp goes by the names of files, where those of recurrent mixers are as of attention.</summary>
    private static LinearRole RoleOf(Parameter parameter) => (parameter.Spec.Role, parameter.Spec.Gguf) switch
    {
        (LinearRole.Other, "attn_k.weight") => LinearRole.Key,
        (LinearRole.Other, "attn_v.weight") => LinearRole.Value,
        var (role, _) => role,
    };

    private static long[][] Shapes(ModelTensor tensor) =>
        tensor.Parameter.Spec.GgufForm is { } form ? [.. form.Parts.Select(part => part.Shape)] : [tensor.Shape];

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Whether a linear's integers are written as they are.</summary>
    private static bool Packs(ModelTensor linear, BlockType type) =>
        linear.Parameter.Spec.GgufForm is null or { MovesRows: true } && IntegerBlocks.Fit(linear.Linear!, type);

    /// <summary>The tensors of the file that a tensor of the model is written as, most often one.</summary>
    private static IEnumerable<GgufPlan> Plans(ModelTensor tensor, GgufMix mix, ModelSpec spec, bool isDense)
    {
        BlockType Type(long[] shape) => isDense ? BlockTypes.Find("F16")! : TypeOf(tensor, shape, mix, spec);
        var plan = Plan(tensor, Type(tensor.Shape), spec);
        return tensor.Parameter.Spec.GgufForm is not { } form ? [plan] : form.Parts.Select(part => plan with
        {
            Name = tensor.Parameter.InGguf(part.Name),
            Shape = part.Shape,
            Type = Type(part.Shape),
            Read = () => part.Take(plan.Read()),
        });
    }

    private static GgufPlan Plan(ModelTensor tensor, BlockType type, ModelSpec spec)
    {
        var part = tensor.Parameter.Spec;
        var isPacked = tensor.Linear is not null && Packs(tensor, type);
        var order = part.Rows is { } rows && new RowReordering(rows, spec.Family.GgufPairs) is { IsNeeded: true } needed ? needed : null;
        Tensor Values() => isPacked ? IntegerBlocks.Pack(tensor.Open!().Quantized!) : tensor.Read(ScalarType.Float32);
        Tensor Read() => order?.ToGguf(Values()) ?? (part.Offset == 0 ? Values() : Values().add(Number.Of(part.Offset), Number.One));
        return new GgufPlan(tensor.Parameter.Gguf!, tensor.Shape, type, Read) { IsPacked = isPacked };
    }

    /// <summary>The matrices of experts as one tensor, where the first of them stands.</summary>
    private static IEnumerable<GgufPlan> Stacked(IEnumerable<(ModelTensor Tensor, GgufPlan Plan)> plans) =>
        plans.GroupBy(row => row.Plan.Name).Select(rows => rows.First() is var (tensor, plan)
            && tensor.Parameter.Spec.GgufStack is { } place
            ? plan with { Shape = place.Shape, Parts = [.. rows.OrderBy(row => row.Tensor.Parameter.Spec.Expert).Select(row => row.Plan)] }
            : rows.Single().Plan);

    /// <summary>The order of the model's own file, if it is such a one.</summary>
    private static IEnumerable<GgufPlan> InOrder(IEnumerable<GgufPlan> plans, IWeightSource source)
    {
        if (source is not GgufWeights gguf)
            return plans;
        var places = gguf.File.Tensors.Keys.Index().ToDictionary(row => row.Item, row => row.Index);
        return plans.OrderBy(plan => places.GetValueOrDefault(plan.Name, int.MaxValue));
    }
}
