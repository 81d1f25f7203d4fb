using LlmKick.Sdk.Compression;

namespace LlmKick.Tests.Recipes;

/// <summary>A compressor that only says what it needs.</summary>
internal sealed class TestCompressor(InputStatistics needs) : ICompressor
{
    public InputStatistics Needs => needs;

    public void Compress(ITransformer model, CompressionContext context) => throw new NotSupportedException();
}
