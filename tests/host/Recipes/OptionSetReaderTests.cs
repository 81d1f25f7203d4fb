using LlmKick.Options;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;

namespace LlmKick.Tests.Recipes;

public sealed class OptionSetReaderTests
{
    private record Base
    {
        [Option("Share removed", Min = 0, Max = 0.99, InName = true, Role = OptionRole.Axis)]
        public double? Sparsity { get; init; }
    }

    private sealed record Derived : Base
    {
        [Option("Groups", InName = true)]
        public NmPattern? Pattern { get; init; }

        [Option("Columns at a time")]
        public int BlockSize { get; init; } = 128;

        [Option("Some of many")]
        public IReadOnlyList<string> Subjects { get; init; } = ["law"];

        [Option("Data", Required = true)]
        public string Path { get; init; } = "";

        public int Unmarked { get; init; }
    }

    private sealed record Unsupported
    {
        [Option("Unreadable")]
        public object Any { get; init; } = new();
    }

    [Fact]
    public void Read_RecordWithBase_ListsRequiredOptionsFirst() =>
        Assert.Equal(["path", "sparsity", "pattern", "block_size", "subjects"],
            OptionSetReader.Read(typeof(Derived)).Options.Select(option => option.Key));

    [Fact]
    public void Read_NullableAndList_GivesElementTypes()
    {
        var options = OptionSetReader.Read(typeof(Derived)).Options;
        Assert.Equal([typeof(string), typeof(double), typeof(NmPattern), typeof(int), typeof(string)],
            options.Select(option => option.ElementType));
        Assert.Equal([false, false, false, false, true], options.Select(option => option.IsList));
    }

    [Fact]
    public void Read_Initialisers_AreDefaults() =>
        Assert.Equal([null, null, null, 128, new[] { "law" }],
            OptionSetReader.Read(typeof(Derived)).Options.Select(option => option.Default));

    [Fact]
    public void Read_UnsupportedType_NamesTheOption() =>
        Assert.Contains("'Unsupported.Any'", Assert.Throws<LlmKickException>(() => OptionSetReader.Read(typeof(Unsupported))).Message);
}
