using System.Diagnostics.CodeAnalysis;

namespace LlmKick.Sdk.Compression;

/// <summary>Keeps nothing.</summary>
internal sealed class NoBlockStore : IBlockStore
{
    public static readonly NoBlockStore Instance = new();

    public bool Contains(int block) => false;

    public bool TryRestore(IBlock block, [NotNullWhen(true)] out IReadOnlyList<LinearReport>? reports)
    {
        reports = null;
        return false;
    }

    public void Save(IBlock block, IReadOnlyList<LinearReport> reports)
    {
    }
}
