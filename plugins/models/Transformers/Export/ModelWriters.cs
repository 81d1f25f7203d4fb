using LlmKick.Sdk.Checkpoints;
using LlmKick.Transformers.Export.Folders;
using LlmKick.Transformers.Export.Gguf;

namespace LlmKick.Transformers.Export;

/// <summary>All formats that models of this plugin can be written in.</summary>
internal static class ModelWriters
{
    public static IReadOnlyList<ICheckpointWriter> All { get; } =
    [
        new FolderModelWriter(new DenseWriter()),
        new FolderModelWriter(new GptqWriter(version2: false)),
        new FolderModelWriter(new GptqWriter(version2: true)),
        new FolderModelWriter(new AwqWriter()),
        new FolderModelWriter(new PackQuantizedWriter()),
        new FolderModelWriter(new ByteWriter(isFloat: false)),
        new FolderModelWriter(new ByteWriter(isFloat: true)),
        new FolderModelWriter(new SparseBitmaskWriter()),
        new GgufModelWriter(),
    ];
}
