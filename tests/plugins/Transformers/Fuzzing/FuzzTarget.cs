namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>A reader with valid files, ways to change them, and what reading means.</summary>
/// <param name="Name">The format.</param>
/// <param name="Files">Valid files by name.</param>
/// <param name="Mutators">Each changes one file.</param>
/// <param name="Header">Reads a folder's headers alone, to count the mutants that get past them.</param>
/// <param name="Read">Reads all of a folder and gives the bytes of the tensors made.</param>
internal sealed record FuzzTarget(
    string Name,
    IReadOnlyDictionary<string, byte[]> Files,
    IReadOnlyList<(string File, Func<byte[], Random, byte[]> Change)> Mutators,
    Action<string> Header,
    Func<string, long> Read)
{
    public override string ToString() => Name;
}
