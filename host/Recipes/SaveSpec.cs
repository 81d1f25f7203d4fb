using LlmKick.Options;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>What <c>save:</c> of a variant says: the compressed model as files for other programs.</summary>
internal sealed record SaveSpec
{
    private const long Megabyte = 1_000_000;

    [Option("Format of the files, such as gguf, gptq or hf-dense; 'llmkick list' names all", Required = true)]
    public string Format { get; init; } = "";

    [Option("How values are stored where the format leaves a choice, such as Q4_K_M or bfloat16; the format's first unless given")]
    public string? Type { get; init; }

    [Option("File or folder to write, relative to the recipe, {variant} standing for the variant's name; in the run's folder unless given")]
    public string? Path { get; init; }

    [Option("Megabytes of a file of a folder; a larger model is split", Min = 1, Max = 1_000_000)]
    public int ShardMegabytes { get; init; } = 5000;

    [Option("Store linears dense that the format cannot hold as they are, instead of refusing the model")]
    public bool KeepDense { get; init; }

    [Option("Refuse the model where rows of linears do not fill the type's blocks, instead of storing these in another type")]
    public bool OneType { get; init; }

    [Option("Experts as the model's own folder has them, or a tensor for each, or all of a layer in one tensor; for formats of folders")]
    public ExpertLayout Layout { get; init; }

    /// <summary>As writers take it.</summary>
    public CheckpointSettings Settings =>
        new() { Format = Format, Type = Type, ShardBytes = ShardMegabytes * Megabyte, KeepDense = KeepDense, OneType = OneType,
            Layout = Layout };

    /// <summary>A short name that says what is saved: <c>gguf-Q4_K_M</c>.</summary>
    public string Name => SpecName.Sanitize(string.Join('-', new[] { Format, Type,
        Layout == ExpertLayout.Source ? null : OptionScalar.Format(Layout) }.OfType<string>()));

    /// <summary>Where a variant goes.</summary>
    /// <param name="variant">The variant's name.</param>
    /// <param name="folder">The folder of what the recipe gives no path for.</param>
    /// <param name="extension">The ending of the format's file, or null.</param>
    public string PathOf(string variant, string folder, string? extension) => Path is null
        ? System.IO.Path.Combine(folder, variant, Name + extension)
        : Path.Replace("{variant}", variant, StringComparison.Ordinal);
}
