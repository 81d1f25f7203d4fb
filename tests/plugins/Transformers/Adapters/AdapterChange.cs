namespace LlmKick.Tests.Transformers.Adapters;

/// <summary>What an adapter changes of one module.</summary>
/// <param name="Module">The module's name as PEFT has it.</param>
/// <param name="Rank">r; 0 where the whole matrix is replaced.</param>
/// <param name="Scale">What B·A is multiplied by.</param>
internal sealed record AdapterChange(string Module, int Rank, double Scale)
{
    public bool IsEmbedding { get; init; }

    public bool IsTransposed { get; init; }

    /// <summary>The module's name in the base's files.</summary>
    public string File { get; init; } = Module;
}
