using System.Globalization;

namespace LlmKick.Reports.Plots;

/// <summary>A plot of text: share of the dense model's score against sparsity.</summary>
/// <param name="title">What is plotted.</param>
/// <param name="series">The methods.</param>
/// <param name="isLogarithmic">Whether the vertical axis is: for ratios that can grow without limit.</param>
internal sealed class Panel(string title, IReadOnlyList<Series> series, bool isLogarithmic)
{
    // A label of five characters, and the axis.
    private const int Margin = 6;
    private const int Height = 8;
    private const char Several = '*';

    /// <summary>The lines, each as wide as asked.</summary>
    /// <param name="width">Characters in a line.</param>
    public IReadOnlyList<string> Draw(int width)
    {
        var (low, high) = Range();
        var (greatest, columns) = (series.SelectMany(one => one.Points).Max(point => point.X), width - Margin - 2);
        var cells = Enumerable.Range(0, Height).Select(_ => Enumerable.Repeat(' ', columns).ToArray()).ToArray();
        Array.Fill(cells[Row(1, low, high)], '·');
        foreach (var one in series)
            foreach (var (x, y) in one.Points)
                Put(ref cells[Row(Math.Clamp(y, low, high), low, high)][(int)Math.Round(x / greatest * (columns - 1))], one.Mark);
        return [Fit(title, width), .. cells.Select((line, row) => Fit($"{Label(row, low, high),Margin - 1} ┤{new string(line)}", width)),
            Fit(new string(' ', Margin) + "└" + Ticks(greatest, columns), width)];
    }

    private static string Fit(string text, int width) => text.Length > width ? text[..width] : text.PadRight(width);

    private static void Put(ref char cell, char mark) => cell = cell is ' ' or '·' || cell == mark ? mark : Several;

    // Linear axes go from nothing to a little above the dense score; logarithmic ones from the dense score to the worst that fits.
    private (double Low, double High) Range()
    {
        var values = series.SelectMany(one => one.Points).Select(point => point.Y).Where(double.IsFinite).DefaultIfEmpty(1).ToList();
        // Beyond 100 times the dense perplexity a model says nothing: one such would press all others flat.
        return isLogarithmic ? (Math.Min(1, values.Min()), Math.Clamp(values.Max(), 1.1, 100))
            : (0, Math.Max(1, Math.Min(values.Max(), 2)));
    }

    private int Row(double value, double low, double high)
    {
        var share = !double.IsFinite(value) ? 1 : isLogarithmic ? Math.Log(value / low) / Math.Log(high / low)
            : (value - low) / (high - low);
        return Height - 1 - (int)Math.Round(share * (Height - 1));
    }

    private string Label(int row, double low, double high)
    {
        if (row is not (0 or Height - 1) && row != Row(1, low, high))
            return "";
        var share = (Height - 1.0 - row) / (Height - 1);
        var value = row == Row(1, low, high) ? 1 : isLogarithmic ? low * Math.Pow(high / low, share) : low + share * (high - low);
        return isLogarithmic ? string.Create(CultureInfo.InvariantCulture, $"×{value:0.##}")
            : string.Create(CultureInfo.InvariantCulture, $"{100 * value:0} %");
    }

    private string Ticks(double greatest, int columns)
    {
        var line = Enumerable.Repeat('─', columns).ToArray();
        foreach (var x in series.SelectMany(one => one.Points).Select(point => point.X).Distinct().OrderDescending())
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{100 * x:0}%");
            var start = Math.Max(0, (int)Math.Round(x / greatest * (columns - 1)) - text.Length + 1);
            if (Array.TrueForAll(line[start..Math.Min(columns, start + text.Length + 1)], cell => cell == '─'))
                text.CopyTo(0, line, start, text.Length);
        }
        return new string(line);
    }
}

/// <summary>One method's points.</summary>
/// <param name="Name">The method.</param>
/// <param name="Mark">The letter that stands for it.</param>
/// <param name="Points">Sparsity and share of the dense model's score.</param>
internal sealed record Series(string Name, char Mark, IReadOnlyList<(double X, double Y)> Points);
