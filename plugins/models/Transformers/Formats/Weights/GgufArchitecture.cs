namespace LlmKick.Transformers.Formats.Weights;

/// <summary>How an architecture's tensors differ in GGUF files from Hugging Face's.</summary>
/// <param name="Name">As in <c>general.architecture</c>.</param>
/// <param name="PairsRotaryRows">Whether query and key rows are stored in rotary pairs (0, h/2, 1, h/2+1, …) instead of halves.</param>
internal sealed record GgufArchitecture(string Name, bool PairsRotaryRows)
{
    private static readonly GgufArchitecture[] All = [new("llama", PairsRotaryRows: true)];

    public static string Known { get; } = string.Join(", ", All.Select(row => row.Name));

    public static GgufArchitecture? Find(string name) => Array.Find(All, row => row.Name == name);
}
