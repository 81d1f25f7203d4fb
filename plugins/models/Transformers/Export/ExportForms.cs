using LlmKick.Sdk.Checkpoints;
using LlmKick.Transformers.Export.Folders;
using LlmKick.Transformers.Export.Gguf;

namespace LlmKick.Transformers.Export;

/// <summary>All formats that models of this plugin can be written in.</summary>
internal static class ExportForms
{
    public static IReadOnlyList<ICheckpointWriter> All { get; } =
    [
        new FolderForm(new DenseLinears()),
        new FolderForm(new GptqLinears(version2: false)),
        new FolderForm(new GptqLinears(version2: true)),
        new FolderForm(new AwqLinears()),
        new FolderForm(new PackedLinears()),
        new FolderForm(new ByteLinears(isFloat: false)),
        new FolderForm(new ByteLinears(isFloat: true)),
        new FolderForm(new MaskedLinears()),
        new GgufForm(),
    ];
}
