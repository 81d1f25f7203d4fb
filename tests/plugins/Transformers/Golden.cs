using System.Runtime.InteropServices;
using System.Text.Json;

namespace LlmKick.Tests.Transformers;

/// <summary>Reference results of the shared folder.</summary>
internal static class Golden
{
    public static JsonElement Json(string sharedPath)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require(sharedPath)));
        return document.RootElement.Clone();
    }

    public static int[] Ints(this JsonElement list) => list.Deserialize<int[]>()!;

    public static float[] Floats(this JsonElement list) => list.Deserialize<float[]>()!;

    public static float[] Raw(string sharedPath) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(SharedData.Require(sharedPath))).ToArray();

    public static void AssertClose(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"At {i}: {actual[i]} instead of {expected[i]}.");
    }
}
