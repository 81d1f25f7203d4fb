using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>Where everything of a run lies: results for people and other tools, and below <c>.llmkick</c> what is needed to go
/// on.</summary>
/// <param name="root">Absolute path.</param>
internal sealed class RunFolder(string root)
{
    private readonly string state = Path.Combine(root, ".llmkick");

    /// <summary>The folder itself.</summary>
    public string Root => root;

    /// <summary>The results document.</summary>
    public string Results => Path.Combine(root, "results.json");

    /// <summary>The report for people.</summary>
    public string Report => Path.Combine(root, "report.html");

    /// <summary>The folder in the layout of lm-evaluation-harness.</summary>
    public string LmEval => Path.Combine(root, "lm-eval");

    private string RecipeFile => Path.Combine(state, "recipe.json");

    private string StateFile => Path.Combine(state, "run.json");

    /// <summary>Lines about the linears of a variant.</summary>
    public string Layers(string variant) => Path.Combine(root, "layers", variant + ".jsonl");

    /// <summary>Answers and scores of a task on a variant.</summary>
    public string Samples(string variant, string task) => Path.Combine(root, "samples", variant, task + ".jsonl");

    /// <summary>Files of a task's own.</summary>
    /// <param name="kind">What the task is called in recipes.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="task">The task's name.</param>
    public string Own(string kind, string variant, string task) => Path.Combine(root, kind, variant, task);

    /// <summary>Variants saved for other programs, of which the recipe gives no path.</summary>
    public string Checkpoints => Path.Combine(root, "checkpoints");

    /// <summary>What became of a checkpoint.</summary>
    public string SaveRecord(string variant, string save) => Path.Combine(state, "saved", variant, save + ".json");

    /// <summary>What a task asks.</summary>
    public string Requests(string task) => Path.Combine(root, "requests", task + ".jsonl");

    /// <summary>What became of a variant's compression.</summary>
    public string VariantRecord(string variant) => Path.Combine(state, "variants", variant + ".json");

    /// <summary>What became of a task on a variant.</summary>
    public string TaskRecord(string variant, string task) => Path.Combine(state, "tasks", variant, task + ".json");

    /// <summary>Finished batches of unfinished tasks of a variant.</summary>
    public string Batches(string variant) => Path.Combine(state, "batches", variant);

    /// <summary>Finished batches of an unfinished task.</summary>
    public string Batches(string variant, string task) => Path.Combine(Batches(variant), task);

    /// <summary>A finished batch.</summary>
    public string Batch(string variant, string task, int index) =>
        Path.Combine(Batches(variant, task), index.ToString("D5", CultureInfo.InvariantCulture) + ".json");

    /// <summary>What an untouched variant predicts in a task that compares others with it.</summary>
    public string States(string variant, string task) => Path.Combine(state, "states", variant, task);

    /// <summary>Says which part of a run this is; missing where it is a whole one.</summary>
    public string Shard => Path.Combine(state, "shard.json");

    /// <summary>The recipe of the run that this is a part of.</summary>
    public string ShardRecipe => Path.Combine(state, "shard-recipe.json");

    /// <summary>What a part has of a task on a variant.</summary>
    public string Part(string variant, string task) => Path.Combine(state, "parts", variant, task + ".json");

    /// <summary>The part's lines for lm-evaluation-harness.</summary>
    public string PartLines(string variant, string task) => Path.Combine(state, "parts", variant, task + ".jsonl");

    /// <summary>A judge's replies about a task on a variant.</summary>
    public string Replies(string variant, string task) => Path.Combine(state, "judge", variant, task + ".jsonl");

    /// <summary>Compressed blocks of a variant; unless the recipe keeps them, only until its tasks are all done.</summary>
    public string Blocks(string variant) => Path.Combine(state, "blocks", variant);

    /// <summary>Blocks of one stage of a variant.</summary>
    public string Blocks(string variant, int stage) => Path.Combine(Blocks(variant), stage.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where the run's recipe is, or null.</summary>
    public RecipeOrigin? ReadRecipe() => RunFile.TryReadJson<RecipeOrigin>(RecipeFile);

    /// <summary>Remembers where the run's recipe is.</summary>
    public void WriteRecipe(RecipeOrigin recipe) => RunFile.WriteJson(RecipeFile, recipe, RunJson.Line);

    /// <summary>What was remembered of an earlier run here, or null.</summary>
    public RunState? ReadState() => RunFile.TryReadJson<RunState>(StateFile) is { Format: RunState.CurrentFormat } kept ? kept : null;

    /// <summary>Remembers the run.</summary>
    public void WriteState(RunState run)
    {
        if (ReadState() != run)
            RunFile.WriteJson(StateFile, run, RunJson.Line);
    }

    /// <summary>Takes the folder for this process, making it where it is missing and clearing what a killed run left half
    /// written.</summary>
    /// <exception cref="LlmKickException">The folder holds something else, or another run has it.</exception>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public RunLock Open()
    {
        if (File.Exists(root) || (Directory.Exists(root) && !Directory.Exists(state) && Directory.EnumerateFileSystemEntries(root).Any()))
            throw new LlmKickException($"'{root}' holds something that is no run of llmkick. Choose an empty or new folder with --output.");
        var made = Missing(state).ToList();
        StorageException.Guard(root, () => Directory.CreateDirectory(state));
        var taken = RunLock.Take(root, Path.Combine(state, "lock"), made);
        foreach (var leftover in Directory.EnumerateFiles(root, AtomicFile.LeftoverPattern, SearchOption.AllDirectories).ToList())
            RunFile.Delete(leftover);
        return taken;
    }

    /// <summary>A folder and those above it, as far as they are not there.</summary>
    private static IEnumerable<string> Missing(string folder)
    {
        for (var path = folder; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
            yield return path;
    }
}
