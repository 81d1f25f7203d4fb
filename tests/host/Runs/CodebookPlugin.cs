using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Runs;

/// <summary>Builds a plugin with a way of its own to store linears (16 values, and for each weight which of them), the method
/// <c>codebook</c> that makes such linears, and the format <c>codes</c> that they are saved in, beside one that
/// fails.</summary>
internal static class CodebookPlugin
{
    private const string Registers = "registry.AddEncoding<Codes>(\"codebook\", \"16 values and which of them.\");";

    private static readonly string Source = $$"""
        using System; using System.Collections.Generic; using System.Linq;
        using LlmKick.Sdk; using LlmKick.Sdk.Checkpoints; using LlmKick.Sdk.Compression; using LlmKick.Sdk.Files; using LlmKick.Sdk.Options;
        using TorchSharp; using static TorchSharp.torch;
        {{TestPlugin.Stamp("1.0")}}
        public sealed class Plugin : IPlugin
        {
            public void Register(IPluginRegistry registry)
            {
                registry.AddCompressor<Settings>("codebook", "Sixteen values.", o => new Method(o));
                registry.AddCheckpointFormat(new Codefile());
                registry.AddCheckpointFormat(new Broken());
                {{Registers}}
            }
        }
        public sealed record Settings
        {
            [Option("Name of the codes", Choices = ["codes", "bias"])] public string Part { get; init; } = "codes";
        }
        public sealed record Codes(string Part) : LinearEncoding
        {
            public double Extra { get; init; }
            public override string Kind => "codebook";
            public override IReadOnlyList<string> PartNames => [Part, "values"];
            public override double StoredBits(double sparsity) => 4 + Extra;
            public override string Speed => "none: a test";
            public override Tensor Decode(IReadOnlyDictionary<string, Tensor> parts) =>
                parts["values"].index_select(0, parts[Part].flatten().to(ScalarType.Int64)).view(parts[Part].shape);
        }
        public sealed class Method(Settings settings) : LinearCompressor
        {
            public override InputStatistics Needs => InputStatistics.None;
            public override LinearForecast Foresee(LinearPlace place, LinearForecast before) => before with { Encoding = Of(place.Outputs * place.Inputs) };
            protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
            {
                foreach (var linear in group.Linears)
                {
                    using var scope = NewDisposeScope();
                    var sorted = linear.Weight.to(ScalarType.Float32).flatten().sort().Values;
                    var count = sorted.numel();
                    var values = sorted.index_select(0, tensor(Enumerable.Range(0, 16).Select(i => (2 * i + 1) * count / 32).ToArray()));
                    var codes = (linear.Weight.unsqueeze(-1) - values).abs().argmin(-1).to(ScalarType.Byte);
                    linear.Replace(Of(count), new Dictionary<string, Tensor> { [settings.Part] = codes, ["values"] = values });
                }
            }
            private Codes Of(long count) => new(settings.Part) { Extra = 16 * 32.0 / count };
        }
        public sealed class Broken : ICheckpointWriter
        {
            public CheckpointFormat Format { get; } = new("broken", "Cannot be.", []);
            public CheckpointDraft Draft(ICheckpointModel model, CheckpointSettings settings) => throw new NotSupportedException("no");
        }
        public sealed class Codefile : ICheckpointWriter
        {
            public CheckpointFormat Format { get; } = new("codes", "Codes and values.", ["float32", "float16"], ".codes");
            public CheckpointDraft Draft(ICheckpointModel model, CheckpointSettings settings)
            {
                var type = settings.Type == "float32" ? ScalarType.Float32 : ScalarType.Float16;
                if (model.Tensors.FirstOrDefault(tensor => tensor.Forecast?.Encoding is PrunedEncoding) is { } pruned)
                    return CheckpointDraft.Refused($"'{pruned.Name}' is pruned, and nobody asked for that");
                var tensors = model.Tensors.SelectMany(tensor => Plan(tensor, type)).ToList();
                var config = new Dictionary<string, string> { ["config"] = System.Text.Encoding.UTF8.GetString(model.Files.First(file => file.Name == "config.json").Read()) };
                return new CheckpointDraft([new CheckpointFile("model", SafetensorsWriter.FileLength(tensors, config), (stream, written) => SafetensorsWriter.WriteTo(stream, tensors, config, written))])
                {
                    Notes = ["a test wrote it"], TensorCount = tensors.Count,
                };
            }
            private static IEnumerable<PlannedTensor> Plan(CheckpointTensor tensor, ScalarType type) => tensor.Forecast?.Encoding is not Codes codes
                ? [new PlannedTensor(tensor.Name, SafetensorsDtype.Find(type), tensor.Shape, () => tensor.Read(type))]
                :
                [
                    new PlannedTensor(tensor.Name + ".codes", SafetensorsDtype.Find(ScalarType.Byte), tensor.Shape, () => tensor.Open().Parts[codes.Part]),
                    new PlannedTensor(tensor.Name + ".values", SafetensorsDtype.Find(ScalarType.Float32), [16], () => tensor.Open().Parts["values"]),
                ];
        }
        """;

    /// <summary>Builds it into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="registersEncoding">Whether it says what its encoding is called.</param>
    public static void Build(string folder, bool registersEncoding = true) => TestAssembly.Compile(
        Path.Combine(folder, "Contoso.Codes.dll"),
        registersEncoding ? Source : Source.Replace(Registers, "", StringComparison.Ordinal));
}
