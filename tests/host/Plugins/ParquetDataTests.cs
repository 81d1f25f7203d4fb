using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Plugins;

/// <summary>What reads Parquet lies beside the plugin that needs it, and loads there.</summary>
public sealed class ParquetDataTests : IDisposable
{
    // Two rows of article, highlights and id, as CNN/DailyMail has them on the hub; compressed with Zstandard.
    internal const string Stories =
        "UEFSMRUAFV4VcCwVBBUAFQYVBhwYD1RoZW4gaXQgc25vd2VkLhgSSXQgcmFpbmVkIGFsbCBkYXkuFgAoD1RoZW4gaXQgc25vd2VkLhgSSXQgcmFpbmVkIGFsbCBkYXkuAAAAKLUv/SAveQEAAgAAAA" +
        "QBEgAAAEl0IHJhaW5lZCBhbGwgZGF5Lg8AAABUaGVuIGl0IHNub3dlZC4VABVWFWgsFQQVABUGFQYcGBJJdCBzbm93ZWQgLgpNdWNoIC4YC0l0IHJhaW5lZCAuFgAoEkl0IHNub3dlZCAuCk11Y2gg" +
        "LhgLSXQgcmFpbmVkIC4AAAAotS/9ICtZAQACAAAABAELAAAASXQgcmFpbmVkIC4SAAAASXQgc25vd2VkIC4KTXVjaCAuFQAVJBU2LBUEFQAVBhUGHBgCZjIYAmYxFgAoAmYyGAJmMQAAACi1L/0gEp" +
        "EAAAIAAAAEAQIAAABmMQIAAABmMhUCGUxIBHJvb3QVBgAVDCUCGAdhcnRpY2xlJQBMHAAAABUMJQIYCmhpZ2hsaWdodHMlAEwcAAAAFQwlAhgCaWQlAEwcAAAAFgQZHBk8JggcFQwZJQAGGRgHYXJ0" +
        "aWNsZRUMFgQWnAIWrgImCDwYD1RoZW4gaXQgc25vd2VkLhgSSXQgcmFpbmVkIGFsbCBkYXkuFgAoD1RoZW4gaXQgc25vd2VkLhgSSXQgcmFpbmVkIGFsbCBkYXkuAAAAJrYCHBUMGSUABhkYCmhpZ2" +
        "hsaWdodHMVDBYEFoQCFpYCJrYCPBgSSXQgc25vd2VkIC4KTXVjaCAuGAtJdCByYWluZWQgLhYAKBJJdCBzbm93ZWQgLgpNdWNoIC4YC0l0IHJhaW5lZCAuAAAAJswEHBUMGSUABhkYAmlkFQwWBBZu" +
        "FoABJswEPBgCZjIYAmYxFgAoAmYyGAJmMQAAABaOBRYENsQFAChKUGFycXVldC5OZXQgdmVyc2lvbiA2LjEuMCAoYnVpbGQgYzE3OWQ5N2JkMjU0OWI1ZjQ0YTkyNDFlNzI5Zjg2OWQ0OTQ3ZWU1OS" +
        "kArwEAAFBBUjE=";

    private readonly RunDesk desk = new("""
        name: tiny
        model: { transformers: { path: model } }
        variants: [dense]
        tasks:
          - summarization: { path: stories.parquet, chat: plain, max_new_tokens: 4 }
        """);

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_Parquet_IsReadInsideThePlugin()
    {
        File.WriteAllBytes(desk.File("stories.parquet"), Convert.FromBase64String(Stories));
        desk.Done();
        Assert.Equal(["f1", "f2"], desk.Lines("out", "samples", "dense", "summarization.jsonl").Select(line => (string)line["id"]!));
        Assert.Equal(1, (double)desk.Results()["variants"]![0]!["tasks"]!["summarization"]!["metrics"]!["highlights_found"]!["value"]!);
    }

    [Fact]
    public void Run_ParquetCutShort_IsOneSentence()
    {
        File.WriteAllBytes(desk.File("stories.parquet"), Convert.FromBase64String(Stories)[..300]);
        var result = desk.Run();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("stories.parquet: it cannot be read as a Parquet file (", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
