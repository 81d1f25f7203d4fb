using System.Globalization;
using System.Text.RegularExpressions;
using LlmKick.Sdk.Models;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>The text of <c>inspect</c>: the facts, then the tensors, those that are alike in all blocks in one line.</summary>
internal static partial class ContentsText
{
    private const int MostFiles = 4;
    private const string Weight = ".weight";

    public static void Write(ModelContents contents, Terminal terminal)
    {
        Facts(contents, new ContentsSize(contents)).Write(terminal);
        terminal.Out.WriteLine();
        Tensors(contents).WritePlain(terminal.Out);
    }

    private static DefinitionList Facts(ModelContents contents, ContentsSize size)
    {
        var list = new DefinitionList();
        list.AddHead("format", contents.Format);
        list.AddHead("architecture", contents.Architecture ?? "not said");
        list.AddHead("quantization", contents.Quantization ?? "none");
        list.AddHead("parameters", Grouped(size.Parameters));
        if (size.BitsPerWeight is { } bits)
            list.AddHead("bits a weight",
                string.Create(CultureInfo.InvariantCulture, $"{bits:0.##} (matrices, with all that is stored with them)"));
        if (size.Zeros is { } zeros)
            list.AddHead("zeros", string.Create(CultureInfo.InvariantCulture, $"{Grouped(zeros)} ({Share(zeros, size.Parameters)})"));
        list.AddHead("on disk", $"{Bytes(size.FileBytes)} in {Files(contents.Files)}");
        if (contents.Cache.Any(cache => cache.TokenBytes > 0))
            list.AddHead("cache", $"{ByType(contents.Cache, cache => cache.TokenBytes)}, for each token");
        if (contents.Cache.Any(cache => cache.StateBytes > 0))
            list.AddHead("states", $"{ByType(contents.Cache, cache => cache.StateBytes)}, for each text, whatever its length");
        foreach (var note in contents.Notes)
            list.AddHead("note", note);
        return list;
    }

    private static string ByType(IReadOnlyList<CacheSize> sizes, Func<CacheSize, long> bytes) =>
        string.Join(", ", sizes.Select(size => $"{Bytes(bytes(size))} in {size.Dtype}"));

    private static string Files(IReadOnlyList<ContentFile> files) => files.Count <= MostFiles
        ? string.Join(", ", files.Select(file => file.Name))
        : $"{files.Count} files, {files[0].Name} … {files[^1].Name}";

    private static TextTable Tensors(ModelContents contents)
    {
        var counted = contents.Tensors.All(tensor => tensor.Zeros is not null);
        var table = counted ? new TextTable("TENSOR", "SHAPE", "TYPE", "SIZE", "ZEROS") : new TextTable("TENSOR", "SHAPE", "TYPE", "SIZE");
        foreach (var alike in contents.Tensors.GroupBy(tensor =>
            (Name: AnyBlock(tensor.Name), Shape: string.Join(" x ", tensor.Shape), tensor.Dtype)))
        {
            var (count, parameters) = (alike.Count(), alike.Sum(ContentsSize.Count));
            string[] cells = [Name(alike.Key.Name, alike.First().Name, count), alike.Key.Shape, alike.Key.Dtype,
                Bytes(alike.Sum(tensor => tensor.Bytes))];
            table.Add(counted ? [.. cells, Share(alike.Sum(tensor => tensor.Zeros!.Value), parameters)] : cells);
        }
        return table;
    }

    private static string Name(string anyBlock, string first, int count) => count == 1 ? Short(first)
        : string.Create(CultureInfo.InvariantCulture, $"{Short(anyBlock)} ({count})");

    private static string AnyBlock(string name) => BlockNumber().Replace(name, ".*.", 1);

    // Nearly all names end so, and 80 columns are few.
    private static string Short(string name) => name.EndsWith(Weight, StringComparison.Ordinal) ? name[..^Weight.Length] : name;

    private static string Share(long part, long all) => all == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / all:0.##} %");

    private static string Grouped(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => $"{Grouped(bytes)} B",
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:#,0} kB"),
        < 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:#,0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:#,0.0} GB"),
    };

    [GeneratedRegex(@"\.\d+\.")]
    private static partial Regex BlockNumber();
}
