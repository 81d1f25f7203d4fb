using System.Text.RegularExpressions;
using LlmKick.Harness.Yaml;

namespace LlmKick.Harness.Rows;

/// <summary>Where the files of a hub's data set are: below the folder of data, or, where that was fetched from the hub, in it.</summary>
internal static partial class HubFiles
{
    // Some data sets have what is told of them beside their rows.
    private const string Description = "dataset_infos.json";
    private static readonly string[] Endings = [".parquet", ".jsonl", ".json", ".csv", ".tsv"];
    private static readonly (string Split, string[] Words)[] Names = [("train", ["train", "training"]),
        ("validation", ["validation", "valid", "val", "dev"]), ("test", ["test", "testing", "eval", "evaluation"])];

    /// <summary>The files of each split of a data set, below <c>org/name</c> and there below the configuration where it has a
    /// folder.</summary>
    /// <param name="file">The task file.</param>
    /// <param name="path">The data set's name.</param>
    /// <param name="name">Its configuration, or null.</param>
    /// <param name="folder">The folder of data, or of what was fetched of this data set.</param>
    /// <exception cref="Sdk.LlmKickException">Nothing is there.</exception>
    public static OrderedDictionary<string, IReadOnlyList<string>> Find(TaskFile file, string path, string? name, string folder)
    {
        var root = IsFetched(folder, path) ? folder : Path.GetFullPath(path, folder);
        var all = Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(one => Endings.Contains(Path.GetExtension(one)) && Path.GetFileName(one) != Description)
                .Order(StringComparer.Ordinal).ToList() : [];
        var own = name is null ? all : all.FindAll(one => Path.GetRelativePath(root, one).Split('/', '\\').Contains(name));
        var found = new OrderedDictionary<string, IReadOnlyList<string>>();
        foreach (var group in (own.Count > 0 ? own : all).GroupBy(one => Split(Path.GetFileNameWithoutExtension(one))))
            found[group.Key] = [.. group];
        return found.Count > 0 ? found : throw file.Fault("dataset_path",
            $"the data set '{path}' is not there; write `data: hub:{path}` in the recipe to have it fetched, or "
            + $"`data: hub:{path}/FOLDER` for what is in one folder of it; or name its files by `data_files`.");
    }

    /// <summary>Whether a folder is in what was fetched of a data set, in the shared cache.</summary>
    private static bool IsFetched(string folder, string path)
    {
        var own = "datasets--" + path.Replace("/", "--", StringComparison.Ordinal);
        for (var place = new DirectoryInfo(folder); place.Parent is { } parent; place = parent)
            if (parent is { Name: "snapshots", Parent.Name: var repository } && repository == own)
                return true;
        return false;
    }

    /// <summary>The split that a file's name begins with or has in it; else the name's first word.</summary>
    private static string Split(string name)
    {
        var words = Words().Split(name.ToLowerInvariant());
        foreach (var (split, known) in Names)
            if (words.Any(known.Contains))
                return split == "validation" && words.Contains("dev") ? "dev" : split;
        return Number().Replace(name, "");
    }

    [GeneratedRegex("[-_.]")]
    private static partial Regex Words();

    [GeneratedRegex(@"-\d+-of-\d+.*$")]
    private static partial Regex Number();
}
