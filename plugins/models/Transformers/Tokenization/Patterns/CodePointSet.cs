using System.Globalization;
using System.Text;

namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>A set of code points, as ranges in order that do not touch.</summary>
internal sealed class CodePointSet
{
    public const int Last = 0x10FFFF;

    private static readonly Lazy<Dictionary<UnicodeCategory, CodePointSet>> Categories = new(ReadCategories);

    private CodePointSet(List<(int First, int Last)> ranges) => Ranges = ranges;

    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    public static CodePointSet Empty { get; } = new([]);

    public static CodePointSet All { get; } = new([(0, Last)]);

    public static CodePointSet Of(int first, int last) => new([(first, last)]);

    public static CodePointSet Of(params IEnumerable<int> points) => Union(points.Select(point => Of(point, point)));

    public static CodePointSet Of(params UnicodeCategory[] categories) =>
        Union(categories.Select(category => Categories.Value.GetValueOrDefault(category, Empty)));

    public static CodePointSet Union(params IEnumerable<CodePointSet> sets)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var (first, last) in sets.SelectMany(set => set.Ranges).OrderBy(range => range.First))
            if (ranges.Count > 0 && first <= ranges[^1].Last + 1)
                ranges[^1] = (ranges[^1].First, Math.Max(ranges[^1].Last, last));
            else
                ranges.Add((first, last));
        return new CodePointSet(ranges);
    }

    public CodePointSet Complement()
    {
        var (ranges, next) = (new List<(int, int)>(), 0);
        foreach (var (first, last) in Ranges)
        {
            if (first > next)
                ranges.Add((next, first - 1));
            next = last + 1;
        }
        if (next <= Last)
            ranges.Add((next, Last));
        return new CodePointSet(ranges);
    }

    public CodePointSet Intersect(CodePointSet other) => Union(Complement(), other.Complement()).Complement();

    public bool Contains(int point)
    {
        var (low, high) = (0, Ranges.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (point < Ranges[middle].First)
                high = middle - 1;
            else if (point > Ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }
        return false;
    }

    /// <summary>Number of code points.</summary>
    public int Count => Ranges.Sum(range => range.Last - range.First + 1);

    private static Dictionary<UnicodeCategory, CodePointSet> ReadCategories()
    {
        var ranges = new Dictionary<UnicodeCategory, List<(int First, int Last)>>();
        for (var point = 0; point <= Last; point++)
        {
            var category = Rune.TryCreate(point, out var rune) ? Rune.GetUnicodeCategory(rune) : UnicodeCategory.Surrogate;
            if (!ranges.TryGetValue(category, out var list))
                ranges.Add(category, list = []);
            if (list.Count > 0 && list[^1].Last == point - 1)
                list[^1] = (list[^1].First, point);
            else
                list.Add((point, point));
        }
        return ranges.ToDictionary(row => row.Key, row => new CodePointSet(row.Value));
    }
}
