using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Positions;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Weights;

/// <summary>Builds a model from a source. At most one tensor is in memory beside the model's own.</summary>
internal sealed class ModelReader(ModelSpec spec, IWeightSource files, Device device, ScalarType dtype)
{
    private readonly ParameterSource _source = new(spec, files);

    public TransformerModel Read(IProgress<ProgressUpdate>? progress, CancellationToken cancellationToken)
    {
        LayoutCheck.Require(spec, files);
        // Frees what was read when a later tensor fails.
        using var scope = NewDisposeScope();
        var model = new TransformerModel
        {
            Spec = spec,
            ParameterCount = spec.ParameterCount,
            Ends = ModelEnds.Read(spec.EndTensors, spec.IsTied, Reader(InEnds)),
            Rotary = new RotaryTables(spec.Context, device, dtype),
            Blocks = [.. Blocks(progress, cancellationToken)],
        };
        scope.Detach(model.Tensors);
        return model;
    }

    private IEnumerable<DecoderBlock> Blocks(IProgress<ProgressUpdate>? progress, CancellationToken cancellationToken)
    {
        for (var block = 0; block < spec.BlockCount; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var index = block;
            yield return spec.Block(block).Build(Reader(part => new Parameter(part, spec.BlockPrefix(index) + part.Name, index)), block);
            progress?.Report(new ProgressUpdate("load", block + 1, spec.BlockCount, "block"));
        }
    }

    private Parameter InEnds(ParameterSpec part) =>
        new(part, part.Name.StartsWith(spec.Ends.Head + ".", StringComparison.Ordinal) ? part.Name
            : $"{spec.Family.Root}.{part.Name}", null);

    private PartReader Reader(Func<ParameterSpec, Parameter> place) => new(_source, place, device, dtype);
}
