using System.Globalization;

namespace LlmKick.Tests.Oracles;

/// <summary>How many random texts tokenizers are compared over: LLMKICK_TEXTS in all, a part of that unless given.</summary>
internal static class OracleTexts
{
    private const int Few = 9_000;

    /// <summary>Each kind's share of the texts.</summary>
    /// <param name="kinds">Number of kinds that share them.</param>
    public static int Share(int kinds) =>
        (int.TryParse(Environment.GetEnvironmentVariable("LLMKICK_TEXTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count : Few) / kinds + 1;
}
