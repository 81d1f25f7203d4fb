using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>A <c>config.json</c> of what a GGUF file says: all that could stand there, of which the family's own reader takes what it asks
/// for.</summary>
internal static class ConfigOfGguf
{
    public static JsonObject Of(ExportedModel model)
    {
        var (spec, metadata) = (model.Spec, ((GgufWeights)model.Source).File.Metadata);
        var all = ConfigFacts.Of(spec);
        var (again, read) = Read(spec, all);
        RequireSame(spec, again, model.Source.Path);
        var json = new JsonObject { ["architectures"] = new JsonArray(spec.Family.Class), ["model_type"] = spec.Family.Name };
        foreach (var (key, value) in all)
            if (value is not null && read.WasAsked(key))
                json[key] = value.DeepClone();
        foreach (var name in (string[])["bos", "eos"])
            if (metadata.Integer($"tokenizer.ggml.{name}_token_id") is { } id)
                json[$"{name}_token_id"] = id;
        return json;
    }

    /// <summary>The model as a reader of the configuration describes it, and what was asked for.</summary>
    private static (ModelSpec Spec, ConfigFields Fields) Read(ModelSpec spec, JsonObject all)
    {
        var fields = new ConfigFields("config.json", JsonSerializer.SerializeToElement(all));
        fields.Skip(Keys.Vocabulary.Name, Keys.Tied.Name);
        var again = new ModelSpec(spec.Family, new ModelConfig(fields), spec.Vocabulary).With(spec.IsTied);
        _ = again.Parameters().Count();
        return (again, fields);
    }

    /// <summary>Biases of some linears, or widths of single blocks, are what a configuration may have no words for.</summary>
    private static void RequireSame(ModelSpec spec, ModelSpec again, string path)
    {
        var (own, other) = (Shapes(spec), Shapes(again));
        if (own.Except(other).Concat(other.Except(own)).FirstOrDefault() is { } tensor)
            throw new LlmKickException($"'{path}' is built in a way that a config.json of the family '{spec.Family.Name}' cannot say: by "
                + $"that, the tensor {tensor} would "
                + $"{(own.Contains(tensor) ? "be missing" : "be needed")}. Export it as gguf.");
    }

    private static HashSet<string> Shapes(ModelSpec spec) =>
        [.. spec.Parameters().Select(parameter => $"{parameter.Name} [{string.Join(", ", parameter.Spec.Shape)}]")];
}
