using LlmKick.Transformers;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers;

/// <summary>A model of the shared folder, loaded without the tool around it.</summary>
internal sealed class ModelUnderTest : IDisposable
{
    public const string SmolLm2 = "models/SmolLM2-135M-Instruct-Q4_1.gguf";

    private readonly TransformerModel _model;

    private ModelUnderTest(TransformerModel model) => (_model, Decoder) = (model, new Decoder(model));

    public Decoder Decoder { get; }

    public TransformerModel Model => _model;

    public BlockwiseModel Blockwise => new(_model);

    public ModelSpec Spec => _model.Spec;

    /// <summary>Whether a text's length decides how its first tokens are rotated.</summary>
    public bool HasRegimes => new LengthRegimes(Spec).Matter;

    /// <summary>The last norm.</summary>
    public Tensor Finish(Tensor hidden) => _model.Ends.Finish(hidden);

    public static ModelUnderTest Load(string sharedPath, ScalarType dtype = ScalarType.Float32) => Load(sharedPath, spec => spec, dtype);

    /// <summary>A model that is computed otherwise than its configuration says.</summary>
    public static ModelUnderTest Load(string sharedPath, Func<ModelSpec, ModelSpec> change, ScalarType dtype = ScalarType.Float32)
    {
        return LoadFolder(SharedData.Require(sharedPath), change, dtype);
    }

    /// <summary>A model of any folder or file.</summary>
    public static ModelUnderTest LoadFolder(string path, Func<ModelSpec, ModelSpec>? change = null, ScalarType dtype = ScalarType.Float32)
    {
        using var source = WeightSource.Open(path);
        return new ModelUnderTest(new ModelReader((change ?? (spec => spec))(SpecReader.Read(source)), source, CPU, dtype)
            .Read(null, CancellationToken.None));
    }

    /// <summary>A model of the shared folder whose blocks are read when their turns come.</summary>
    /// <param name="sharedPath">Its place in the shared folder.</param>
    /// <param name="scratch">Where changed blocks go.</param>
    /// <param name="dtype">What it computes in.</param>
    public static ModelUnderTest Stream(string sharedPath, string scratch, ScalarType dtype = ScalarType.Float32)
    {
        var source = WeightSource.Open(SharedData.Require(sharedPath));
        return new ModelUnderTest(new ModelReader(SpecReader.Read(source), source, CPU, dtype).Stream(scratch, source));
    }

    /// <summary>Logits of every position of one sequence, [length, vocabulary].</summary>
    public Tensor Logits(IReadOnlyList<int> ids)
    {
        using var scope = NewDisposeScope();
        var hidden = Decoder.Forward(Tokens([ids]), [ids.Count], null);
        return Decoder.Logits(hidden[0]).MoveToOuterDisposeScope();
    }

    /// <summary>Log-probability of each token but the first.</summary>
    public float[] LogProbabilities(IReadOnlyList<int> ids)
    {
        if (ids.Count == 1)
            return [];
        using var scope = NewDisposeScope();
        var all = Logits(ids).log_softmax(-1).narrow(0, 0, ids.Count - 1);
        return all.gather(1, tensor(ids.Skip(1).Select(id => (long)id).ToArray()).unsqueeze(1)).data<float>().ToArray();
    }

    /// <summary>Greedy continuation with a cache, with the gap between the best two logits at each step.</summary>
    public List<(int Id, float Gap)> Greedy(IReadOnlyList<int> prompt, int count)
    {
        var written = new List<(int, float)>();
        using var cache = Decoder.CreateCache(1, prompt.Count + count);
        for (var next = prompt; written.Count < count; next = [written[^1].Item1])
        {
            using var scope = NewDisposeScope();
            var hidden = Decoder.Forward(Tokens([next]), [next.Count], cache);
            var (values, ids) = Decoder.Logits(hidden[0, ^1..]).topk(2);
            written.Add(((int)ids[0, 0].item<long>(), values[0, 0].item<float>() - values[0, 1].item<float>()));
        }
        return written;
    }

    /// <summary>Token ids as a tensor, rows padded at the end with id 0.</summary>
    public static Tensor Tokens(IReadOnlyList<IReadOnlyList<int>> rows)
    {
        var length = rows.Max(row => row.Count);
        return tensor(rows.SelectMany(row => row.Concat(Enumerable.Repeat(0, length - row.Count))).Select(id => (long)id).ToArray(),
            [rows.Count, length]);
    }

    public void Dispose() => _model.Dispose();
}
