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

    /// <summary>Reads all of it into memory.</summary>
    public TransformerModel Read(IProgress<ProgressUpdate>? progress, CancellationToken cancellationToken)
    {
        LayoutCheck.Require(spec, files);
        // Frees what was read when a later tensor fails.
        using var scope = NewDisposeScope();
        var ends = Ends();
        List<DecoderBlock> blocks = [.. Blocks(progress, cancellationToken)];
        var model = Model(ends, new ResidentBlocks(blocks));
        scope.Detach(blocks.SelectMany(block => block.Tensors));
        scope.Detach(ends.Tensors);
        return model;
    }

    /// <summary>Reads its ends, and each block when it is asked for.</summary>
    /// <param name="folder">Where changed blocks are kept.</param>
    /// <param name="owned">The files, which the model closes.</param>
    public TransformerModel Stream(string folder, IDisposable owned)
    {
        LayoutCheck.Require(spec, files);
        using var scope = NewDisposeScope();
        var ends = Ends();
        var model = Model(ends, new StreamedBlocks([.. Enumerable.Range(0, spec.BlockCount).Select(spec.Block)], BlockReader, device, dtype,
            folder, owned));
        scope.Detach(ends.Tensors);
        return model;
    }

    private ModelEnds Ends() => ModelEnds.Read(spec.EndTensors, spec.IsTied, Reader(InEnds));

    private TransformerModel Model(ModelEnds ends, IModelBlocks blocks) => new()
    {
        Spec = spec,
        ParameterCount = spec.ParameterCount,
        Ends = ends,
        Rotary = new RotaryTables(spec.Context, device, dtype),
        Blocks = blocks,
    };

    private IEnumerable<DecoderBlock> Blocks(IProgress<ProgressUpdate>? progress, CancellationToken cancellationToken)
    {
        for (var block = 0; block < spec.BlockCount; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return spec.Block(block).Build(BlockReader(block), block);
            progress?.Report(new ProgressUpdate("load", block + 1, spec.BlockCount, "block"));
        }
    }

    private PartReader BlockReader(int block, WeightPool? pool = null) =>
        new(_source, part => new Parameter(part, spec.BlockPrefix(block) + part.Name, block), device, dtype) { Pool = pool };

    private Parameter InEnds(ParameterSpec part) =>
        new(part, part.Name.StartsWith(spec.Ends.Head + ".", StringComparison.Ordinal) ? part.Name
            : $"{spec.Family.Root}.{part.Name}", null);

    private PartReader Reader(Func<ParameterSpec, Parameter> place) => new(_source, place, device, dtype);
}
