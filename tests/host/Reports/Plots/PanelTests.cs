using LlmKick.Reports.Plots;

namespace LlmKick.Tests.Reports.Plots;

public sealed class PanelTests
{
    [Fact]
    public void Draw_TwoMethods_PutsEachPointWhereItBelongs()
    {
        var lines = new Panel("facts", [new Series("wanda", 'w', [(0, 1), (0.5, 1), (1, 0)]),
            new Series("magnitude", 'm', [(0, 1), (0.5, 0), (1, 0)])], isLogarithmic: false).Draw(30);
        Assert.Equal("facts", lines[0].TrimEnd());
        Assert.Equal("100 % ┤*" + new string('·', 9) + "w" + new string('·', 11), lines[1].TrimEnd());
        Assert.Equal("  0 % ┤" + new string(' ', 10) + "m" + new string(' ', 10) + "*", lines[8].TrimEnd());
        Assert.All(lines, line => Assert.Equal(30, line.Length));
    }

    [Fact]
    public void Draw_Logarithmic_PutsEqualFactorsAtEqualDistances()
    {
        var lines = new Panel("perplexity", [new Series("wanda", 'w', [(0, 1), (0.5, 10), (1, 100)])], isLogarithmic: true).Draw(30);
        Assert.StartsWith(" ×100 ┤", lines[1], StringComparison.Ordinal);
        Assert.Equal('w', lines[1].TrimEnd()[^1]);
        Assert.Contains('w', lines[4]);
        Assert.StartsWith("   ×1 ┤w", lines[8], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_ValuesWithoutEnd_StayInsideThePlot() =>
        Assert.Equal(10, new Panel("perplexity", [new Series("wanda", 'w',
            [(0, 1), (0.5, double.NaN), (0.7, double.PositiveInfinity), (0.9, 1e30)])], isLogarithmic: true).Draw(24).Count);
}
