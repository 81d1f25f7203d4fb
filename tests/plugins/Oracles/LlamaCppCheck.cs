using LlmKick.Sdk.Models;
using LlmKick.Tests.Transformers;
using LlmKick.Tests.Transformers.Export;
using LlmKick.Transformers.Formats.Gguf;

namespace LlmKick.Tests.Oracles;

/// <summary>Holds our files, beyond the golden folders, to what llama.cpp computes with them.</summary>
internal static class LlamaCppCheck
{
    private const double Tolerance = 2e-3;

    /// <summary>A folder computes the same as its GGUF file does here, in llama.cpp, and as a folder again.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="golden">Whose tokens are scored.</param>
    /// <param name="architecture">The name that the file is to have.</param>
    public static void AssertSame(string folder, string golden, string architecture)
    {
        using var desk = new ExportDesk(folder);
        var own = Scores(desk, Ids(golden));
        var path = desk.Write(ExportDesk.Settings("gguf", "F32"), "model.gguf");
        using (var file = GgufFile.Open(path))
            Assert.Equal(architecture, file.Metadata.Text("general.architecture"));
        var theirs = LlamaCppScores.Of(path, Ids(golden)).SelectMany(row => row).ToArray();
        Golden.AssertClose(own, theirs, Tolerance);
        using var read = new ExportDesk(path);
        Golden.AssertClose(own, Scores(read, Ids(golden)), 1e-5);
        using var again = new ExportDesk(read.Write(ExportDesk.Settings("hf-dense", "own")));
        Golden.AssertClose(own, Scores(again, Ids(golden)), 1e-5);
    }

    public static int[][] Ids(string name) =>
        [.. Golden.Json($"golden/architectures/{name}/golden.json").GetProperty("ids").EnumerateArray().Select(row => row.Ints())];

    public static float[] Scores(ExportDesk desk, int[][] ids) =>
        [.. ids.SelectMany(row => ((RollingResponse)desk.Model.Answer(new RollingRequest(row))[0]).LogProbabilities)];
}
