using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers;

/// <summary>A checkpoint of random numbers in other sizes than the reference data's, about as large as those.</summary>
internal static class WideCheckpoint
{
    /// <param name="golden">Its folder in the reference data, whose configuration and tokenizer it has.</param>
    /// <param name="config">Keys of config.json that are set.</param>
    /// <param name="folder">Where it is written.</param>
    public static void Write(string golden, string config, string folder) =>
        RenamedCheckpoint.Write(golden, config, tensors =>
        {
            var own = tensors.ToDictionary();
            tensors.Clear();
            using var random = new Generator(7);
            foreach (var parameter in Spec(Path.Combine(folder, "config.json")).Parameters())
                tensors[parameter.Name] = Like(own.GetValueOrDefault(parameter.Name), parameter.Spec, random).to_type(ScalarType.BFloat16);
        }, folder);

    private static ModelSpec Spec(string path)
    {
        var fields = new ConfigFields(path, JsonSerializer.SerializeToElement(JsonNode.Parse(File.ReadAllText(path))));
        var spec = new ModelSpec(FamilyList.Find(fields.Text("model_type")!, path), new ModelConfig(fields), fields.Need(Keys.Vocabulary));
        return spec.With(spec.Ends.Tied);
    }

    private static Tensor Like(Tensor? own, ParameterSpec spec, Generator random)
    {
        var numbers = randn(spec.Shape, generator: random);
        if (spec.Kind is ParameterKind.Linear)
            return numbers.div(Number.Of(Math.Sqrt(spec.Shape[1])));
        var known = own?.to_type(ScalarType.Float32) ?? ones([2]);
        // A head's numbers grow with its inputs.
        var scale = spec.Kind is ParameterKind.Table ? Math.Sqrt((double)known.shape[^1] / spec.Shape[^1]) : 1;
        return numbers.mul(known.std()).add_(known.mean(), Number.One).mul_(Number.Of(scale));
    }
}
