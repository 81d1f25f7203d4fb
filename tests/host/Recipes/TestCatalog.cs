using LlmKick.Options;
using LlmKick.Plugins;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;

namespace LlmKick.Tests.Recipes;

/// <summary>Components for tests of recipes, none of which computes anything.</summary>
internal static class TestCatalog
{
    private static readonly PluginStatus Good = new("Test.Good", "1.0", "/good.dll", "1.0", null);

    public static PluginCatalog Working { get; } = new([Good], Components());

    public static PluginCatalog WithBroken { get; } =
        new([Good, new PluginStatus("Test.Broken", null, "/broken.dll", null, "It is damaged. Copy it again.")], Components());

    private static IReadOnlyList<PluginComponent> Components() =>
    [
        Component<ModelOptions>(PluginKind.Model, "transformers"),
        Component<PruneOptions>(PluginKind.Compressor, "magnitude", _ => new TestCompressor(InputStatistics.None)),
        Component<PruneOptions>(PluginKind.Compressor, "wanda", _ => new TestCompressor(InputStatistics.ColumnSquares)),
        Component<TaskOptions>(PluginKind.Task, "perplexity", _ => new TestTask()),
        Component<NoOptions>(PluginKind.Task, "nothing", _ => new TestTask()),
        Component<NoOptions>(PluginKind.Task, "judged", _ => new TestTask(needsJudge: true)),
        Component<NoOptions>(PluginKind.Task, "compared", _ => new TestTask(needsReference: true)),
    ];

    private static PluginComponent Component<TOptions>(PluginKind kind, string name, Func<object, object>? create = null) =>
        new(kind, name, $"Does {name}.", OptionSetReader.Read(typeof(TOptions)), create
            ?? (_ => throw new InvalidOperationException("not created while reading")), Good);

    internal sealed record NoOptions;

    internal sealed record ModelOptions
    {
        [Option("Model", Required = true, IsPath = true)]
        public string Path { get; init; } = "";

        [Option("Type")]
        public DataType? Dtype { get; init; }
    }

    internal sealed record PruneOptions : IValidatedOptions
    {
        [Option("Share", Min = 0, Max = 0.99, InName = true, Role = OptionRole.Axis)]
        public double? Sparsity { get; init; }

        [Option("N:M", InName = true)]
        public NmPattern? Pattern { get; init; }

        [Option("Columns", Min = 1)]
        public int BlockSize { get; init; } = 128;

        [Option("Blocks left alone")]
        public IReadOnlyList<int> Skip { get; init; } = [];

        public IEnumerable<OptionFault> Validate()
        {
            if (Sparsity is null == Pattern is null)
                yield return new OptionFault("sparsity", "give one of sparsity and pattern");
        }
    }

    internal sealed record TaskOptions
    {
        [Option("Text", Required = true, IsPath = true, PathKind = PathKind.File)]
        public string Text { get; init; } = "";

        [Option("Window", Min = 2)]
        public int Window { get; init; } = 2048;

        [Option("Mode", Choices = ["fast", "exact"])]
        public string Mode { get; init; } = "exact";
    }
}
