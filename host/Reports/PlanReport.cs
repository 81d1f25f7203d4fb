using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Work;
using LlmKick.Storage;
using LlmKick.Terminals;

namespace LlmKick.Reports;

/// <summary>Shows how far a run is: variants × tasks.</summary>
internal static class PlanReport
{
    /// <summary>The document's format.</summary>
    public const string Format = "llmkick/plan@1";

    /// <summary>The table.</summary>
    public static TextTable Table(IReadOnlyList<VariantOutlook> variants)
    {
        var tasks = variants.SelectMany(variant => variant.Tasks).Select(task => task.Task).Distinct().ToList();
        var saves = variants.Any(variant => variant.Saves.Count > 0);
        var table = new TextTable(["variant", "compression", .. tasks, .. saves ? ["saved as"] : (string[])[]]);
        foreach (var variant in variants)
            table.Add([variant.Variant, Compression(variant),
                .. tasks.Select(name => variant.Tasks.FirstOrDefault(task => task.Task == name) is { } task ? Cell(task) : "–"),
                .. saves ? [string.Join("; ", variant.Saves.Select(Cell))] : (string[])[]]);
        return table;
    }

    /// <summary>What is to be known of methods and checkpoints, each a sentence.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<VariantOutlook> variants) =>
        variants.SelectMany(variant => (IEnumerable<string>)[.. variant.Fit.Faults.Select(fault => $"{variant.Variant}: refused: {fault}."),
            .. variant.Fit.Notes.Select(note => $"{variant.Variant}: {note}."),
            .. variant.Saves.SelectMany(save => save.Notes.Select(note => $"{variant.Variant}, {save.Name}: {note}."))]);

    /// <summary>About what variants take in memory; null where nothing is known of any.</summary>
    public static string? Memory(IReadOnlyList<VariantOutlook> variants)
    {
        var known = variants.Where(variant => variant.Memory is not null).ToList();
        return known.Count == 0 ? null : "Memory at the peak, beside the program's own and what tasks take, about "
            + string.Join("; ", known.GroupBy(variant => variant.Memory!).Select(alike =>
                $"{ByteCount.Format(alike.Key.Bytes)} for {string.Join(", ", alike.Select(variant => variant.Variant))}"
                + Parts(alike.Key))) + ".";
    }

    /// <summary>About what variants take on disk while the run lasts; null where nothing is known of any, or where they take
    /// nothing.</summary>
    public static string? Disk(IReadOnlyList<VariantOutlook> variants)
    {
        var known = variants.Where(variant => variant.Memory?.Disk > 0).ToList();
        return known.Count == 0 ? null : "On disk, beside checkpoints and answers, about "
            + string.Join("; ", known.GroupBy(variant => variant.Memory!.Disk).Select(alike =>
                $"{ByteCount.Format(alike.Key)} for {string.Join(", ", alike.Select(variant => variant.Variant))}")) + ".";
    }

    private static string Parts(MemoryForecast memory) => memory.Inputs + memory.Statistics == 0 ? ""
        : $" (weights {ByteCount.Format(memory.Weights)}, calibration's hidden states {ByteCount.Format(memory.Inputs)}"
            + (memory.Statistics == 0 ? ")" : $", Hessians and their solver {ByteCount.Format(memory.Statistics)})");

    /// <summary>The document.</summary>
    public static JsonObject Document(RunPlan plan, RunFolder folder, IReadOnlyList<VariantOutlook> variants,
        IReadOnlyList<TaskPower> powers) => new()
    {
        ["format"] = Format,
        ["name"] = plan.Recipe.Name,
        ["output"] = folder.Root,
        ["questions"] = Json.Map(powers, power => power.Task, power => power.Node()),
        ["variants"] = Json.List(variants, variant => new JsonObject
        {
            ["name"] = variant.Variant,
            ["blocks"] = variant.Blocks,
            ["blocks_done"] = variant.BlocksDone,
            ["tasks"] = Json.Map(variant.Tasks, task => task.Task, Task),
            ["saves"] = Json.List(variant.Saves, Save),
            ["refused"] = Json.List(variant.Fit.Faults, fault => JsonValue.Create(fault)),
            ["notes"] = Json.List(variant.Fit.Notes, note => JsonValue.Create(note)),
            ["memory"] = variant.Memory is { } memory ? new JsonObject { ["weights"] = memory.Weights,
                ["hidden_states"] = memory.Inputs, ["statistics"] = memory.Statistics,
                ["disk"] = memory.Disk } : null,
        }),
    };

    private static JsonObject Save(SaveOutlook save) => new()
    {
        ["name"] = save.Name,
        ["path"] = save.Path,
        ["done"] = save.IsDone,
        ["bytes"] = save.Bytes,
        ["refused"] = Json.List(save.Faults, fault => JsonValue.Create(fault)),
        ["notes"] = Json.List(save.Notes, note => JsonValue.Create(note)),
    };

    private static string Cell(SaveOutlook save) => save switch
    {
        { Faults.Count: > 0 } => $"{save.Name}: refused: {string.Join(", ", save.Faults)}",
        { Bytes: { } bytes } => $"{save.Name}: {ByteCount.OnDisk(bytes)}{(save.IsDone ? ", done" : "")}",
        _ => $"{save.Name}: size known once compressed",
    };

    private static JsonObject Task(TaskOutlook task) => new()
    {
        ["state"] = State(task),
        ["samples"] = task.Samples,
        ["batches"] = task.Batches,
        ["batches_done"] = task.BatchesDone,
        ["requests_left"] = task.Requests,
        ["tokens_left"] = task.Tokens,
        ["error"] = task.Error,
    };

    private static string State(TaskOutlook task) => task switch
    {
        { IsDone: true } => "done",
        { BatchesDone: > 0 } => "partly",
        { Error: not null } => "failed",
        _ => "to do",
    };

    private static string Compression(VariantOutlook variant) => variant switch
    {
        { Blocks: 0 } => "none",
        _ when variant.Blocks == variant.BlocksDone => "done",
        { BlocksDone: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{variant.BlocksDone} of {variant.Blocks} blocks"),
        _ => string.Create(CultureInfo.InvariantCulture, $"to do: {variant.Blocks} blocks"),
    };

    private static string Cell(TaskOutlook task)
    {
        var left = string.Create(CultureInfo.InvariantCulture, $"{task.Requests} requests, {task.Tokens:#,0} tokens");
        return State(task) switch
        {
            "done" => string.Create(CultureInfo.InvariantCulture, $"done: {task.Samples} samples"),
            "partly" => string.Create(CultureInfo.InvariantCulture, $"{task.BatchesDone} of {task.Batches} batches; left: {left}"),
            var state => $"{state}: {left}",
        };
    }
}
