using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Adapters;
using LlmKick.Transformers.Formats.Folders;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>A folder as Hugging Face has them: safetensors, configuration, tokenizer.</summary>
/// <param name="linears">How linears are stored.</param>
internal sealed class FolderModelWriter(ILinearWriter linears) : ModelWriter
{
    public override CheckpointFormat Format => linears.Format;

    protected override CheckpointDraft Draft(ExportedModel model, CheckpointSettings settings)
    {
        var type = FloatTypes.Resolve(settings.Type!, model);
        if (settings.Layout != ExpertLayout.Source && !model.Tensors.Any(tensor => tensor.PossibleStack is not null))
            return CheckpointDraft.Refused(["the model has no experts that could be stacked or apart: leave 'layout' out"]);
        model = LayoutOfExperts.In(model, settings.Layout);
        var wanted = model.Linears.Where(tensor => Wants(tensor.Linear!)).ToList();
        var reasons = wanted.Select(tensor => (Tensor: tensor, Reason: Fault(tensor, type))).ToList();
        var stored = reasons.Where(row => row.Reason is null).Select(row => row.Tensor).ToHashSet();
        var sentences =
            LinearFaults.Sentences(reasons.Where(row => row.Reason is not null).Select(row => (row.Tensor.Linear!, row.Reason!)));
        if (linears is not DenseWriter && stored.Count == 0)
            return CheckpointDraft.Refused([.. sentences,
                $"nothing of the model would be stored as {Format.Name}, since none of its linears is as that format wants them"]);
        if (linears.Fault([.. stored.Select(tensor => tensor.Linear!)]) is { } together)
            return CheckpointDraft.Refused([.. sentences, together]);
        if (sentences.Count > 0 && !settings.KeepDense)
            return CheckpointDraft.Refused(sentences);
        if (settings.Layout == ExpertLayout.Stacked && stored.Any(tensor => tensor.Stack is not null))
            return CheckpointDraft.Refused([.. sentences, $"{Format.Name} stores linears one by one, so that experts cannot be stacked: "
                + "leave 'layout' out, or write 'layout: experts'"]);
        model = LayoutOfExperts.Apart(model, stored);
        var stacks = new ExpertStacks(model.Tensors, stored);
        var tensors = model.Tensors.SelectMany(tensor => stored.Contains(tensor) ? linears.Plan(tensor, type)
            : stacks.Plan(tensor, type, settings.Type == FloatTypes.Own)).Concat(model.Others()).ToList();
        var config = linears.Config([.. stored.Select(tensor => tensor.Linear!)],
            [.. model.Linears.Except(stored).Select(tensor => tensor.Linear!)]);
        IReadOnlyList<CheckpointFile> files =
            [.. Shards.Of(tensors, settings.ShardBytes), .. FolderFiles.Of(model, type, config, linears.ConfigFile)];
        return new CheckpointDraft(files)
        {
            Notes = [.. sentences.Select(sentence => sentence + ": stored dense"), .. Notes(model, stored, type)],
            TensorCount = tensors.Count,
        };
    }

    /// <summary>A format of floats takes what encodings of plugins stand for; others would lose it without a word.</summary>
    private bool Wants(LinearFacts linear) => linears is not DenseWriter && (linear.IsUnknown || linears.Wants(linear));

    private string? Fault(ModelTensor linear, ScalarType type) => linear.Linear!.UnknownFault ??
        linears.Fault(linear.Linear!) ?? (linears.ScaleType(type) is { } scales ? Scales.Fault(linear, scales) : null);

    private IEnumerable<string> Notes(ExportedModel model, HashSet<ModelTensor> stored, ScalarType type)
    {
        if (model.Linears.Any(tensor => tensor.Linear!.Encoding is not DenseEncoding
                && (!stored.Contains(tensor) || linears.ScaleType(type) is null)) && type != ScalarType.Float32)
            yield return $"what was computed with more digits than {FloatTypes.Name(type)} has is rounded to it (weights that pruning "
                + "changed, scales, norms)";
        if (model.Source is FolderWeights { Files: AdaptedFiles } && type != ScalarType.Float32)
            yield return $"the adapter was merged with more digits than {FloatTypes.Name(type)} has, and the weights are rounded to it";
        if (linears.ScaleType(type) is { } scales && Scales.Note(stored, scales) is { } note)
            yield return note;
        if (LinearFacts.NoteOfInputs(model.Linears.Except(stored)) is { } inputs)
            yield return inputs;
        if (model.Tensors[0].OwnType is var own && own != type)
            yield return $"the model's own files have {(own is { } known ? FloatTypes.Name(known) : "quantized weights")}, these "
                + $"{FloatTypes.Name(type)}";
    }
}
