using LlmKick.Sdk.Testing.Numbers;

namespace LlmKick.Tests;

/// <summary>What this project tests, and its tests themselves, hand libtorch no number that a collection may free first.</summary>
public sealed class HeldNumbersTests
{
    public static TheoryData<string> Assemblies { get; } =
        [.. Directory.GetFiles(AppContext.BaseDirectory, "*.dll", SearchOption.AllDirectories).Where(IsOwn)
            .Select(path => Path.GetRelativePath(AppContext.BaseDirectory, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Numbers_HandedToLibTorch_AreHeld(string assembly) =>
        Assert.Empty(UnheldNumbers.In(Path.Combine(AppContext.BaseDirectory, assembly)));

    private static bool IsOwn(string path) =>
        Path.GetFileName(path) is var name && (name.StartsWith("LlmKick", StringComparison.OrdinalIgnoreCase) || name == "Quickstart.dll");
}
