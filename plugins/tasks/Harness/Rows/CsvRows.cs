using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using LlmKick.Sdk;

namespace LlmKick.Harness.Rows;

/// <summary>Reads CSV as pandas does: a column of numbers holds numbers, and what pandas takes for missing is missing.</summary>
internal static class CsvRows
{
    private static readonly HashSet<string> Missing = new(StringComparer.Ordinal) { "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN",
        "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null" };

    /// <summary>Reads a file's rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="names">The columns' names, or null: the first line's.</param>
    /// <param name="hasHeader">Whether the first line names the columns.</param>
    /// <exception cref="LlmKickException">It is no such file.</exception>
    public static List<OrderedDictionary<string, object?>> Read(string path, string delimiter, IReadOnlyList<string>? names, bool hasHeader)
    {
        using var reader = new CsvParser(new StreamReader(path),
            new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, HasHeaderRecord = false, BadDataFound = null });
        var lines = new List<string[]>();
        try
        {
            while (reader.Read())
                lines.Add(reader.Record!);
        }
        catch (CsvHelperException fault)
        {
            throw new LlmKickException($"{path}:{reader.RawRow}: this is no row of CSV ({fault.Message.Split('\n')[0].Trim()}).", fault);
        }
        if (hasHeader && lines.Count > 0)
        {
            names ??= lines[0];
            lines.RemoveAt(0);
        }
        names ??= [.. Enumerable.Range(0, lines.Count > 0 ? lines[0].Length : 0).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        var wrong = lines.FindIndex(line => line.Length != names.Count);
        if (wrong >= 0)
            throw new LlmKickException($"{path}: row {wrong} has {lines[wrong].Length} fields where there are {names.Count} columns; quote "
                + $"fields that hold the delimiter.");
        var columns = names.Select((_, i) => Column([.. lines.Select(line => line[i])])).ToList();
        return [.. lines.Select((_, row) => new OrderedDictionary<string, object?>(
            names.Select((name, i) => KeyValuePair.Create(name, columns[i][row]))))];
    }

    private static object?[] Column(string[] fields)
    {
        var known = fields.Where(field => !Missing.Contains(field)).ToList();
        if (known.Count > 0 && known.TrueForAll(field => long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out _)))
            return known.Count == fields.Length
                ? [.. fields.Select(field => (object?)long.Parse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))]
                : Floats(fields);
        if (known.Count > 0 && known.TrueForAll(field => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            return Floats(fields);
        if (known.Count == fields.Length && known.TrueForAll(field => field is "True" or "False" or "TRUE" or "FALSE" or "true" or "false"))
            return [.. fields.Select(field => (object?)(field[0] is 'T' or 't'))];
        return [.. fields.Select(field => Missing.Contains(field) ? null : (object?)field)];
    }

    private static object?[] Floats(string[] fields) => [.. fields.Select(field => Missing.Contains(field) ? null
        : (object?)double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture))];
}
