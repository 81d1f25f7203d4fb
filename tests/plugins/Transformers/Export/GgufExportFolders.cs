namespace LlmKick.Tests.Transformers.Export;

/// <summary>Golden folders under another name.</summary>
internal static class GgufExportFolders
{
    /// <summary>A link to a folder; llama.cpp wants a model that is called phi3 to have Phi 3's vocabulary, and takes other liberties with
    /// names.</summary>
    public static string Linked(string name, TemporaryFolder folder)
    {
        var source = SharedData.Require($"golden/architectures/{name}");
        return Directory.CreateSymbolicLink(folder.File("model"), source).FullName;
    }
}
