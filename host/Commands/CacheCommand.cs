using System.CommandLine;
using System.Text.Json.Nodes;
using LlmKick.Hub;
using LlmKick.Sdk.Options;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>model</c> and <c>data</c>: what was fetched, and is kept for all runs and for other programs.</summary>
internal sealed class CacheCommand : Command
{
    private readonly Option<bool> repair = new("--repair") { Description = "Fetch damaged files again" };
    private readonly Argument<string> name;
    private readonly Argument<string?> nameOrAll;
    private readonly HubKind kind;
    private readonly RemoteFiles remote;
    private readonly Terminal terminal;

    public CacheCommand(HubKind kind, RemoteFiles remote, Terminal terminal)
        : base(kind == HubKind.Model ? "model" : "data", kind == HubKind.Model
            ? "Fetch models of the hub, list those that are kept, check and remove them"
            : "Fetch data of the hub and of other servers, list what is kept, check and remove it")
    {
        (this.kind, this.remote, this.terminal) = (kind, remote, terminal);
        var described = kind == HubKind.Model ? "org/name, perhaps with @revision"
            : "org/name, perhaps with @revision, or the first letters of the SHA-256 of a file of another server";
        name = new("NAME") { Description = described };
        nameOrAll = new("NAME") { Description = described + "; all without one", Arity = ArgumentArity.ZeroOrOne };
        var address = new Argument<string>("ADDRESS") { Description = kind == HubKind.Model ? "org/name[@revision][:file.gguf]"
            : "hub:org/name[@revision]/path, or https://…#sha256=…" };
        Add(Verb("list", "Show what is kept, and how large it is", (line, _) => Task.FromResult(List(line)), CommonOptions.Json));
        Add(Verb("fetch", "Fetch what is not here", async (line, stop) => await FetchAsync(line, line.GetRequiredValue(address), stop),
            address));
        Add(Verb("verify", "Read what is kept, and show what is damaged", VerifyAsync, nameOrAll, repair, CommonOptions.Json));
        Add(Verb("remove", "Remove what is kept; with a revision, that alone", (line, _) => Task.FromResult(Remove(line)), name));
    }

    private static Command Verb(string verb, string help, Func<ParseResult, CancellationToken, Task<int>> work, params Symbol[] symbols)
    {
        var command = new Command(verb, help);
        foreach (var symbol in symbols)
            if (symbol is Option option)
                command.Options.Add(option);
            else
                command.Arguments.Add((Argument)symbol);
        command.SetAction(work);
        return command;
    }

    private int List(ParseResult line)
    {
        var settings = RemoteFiles.Settings(line);
        var kept = CachedRepository.All(new HubCache(settings.CacheFolder), kind);
        var files = WebFiles(settings);
        var total = CachedRepository.Size(kept) + files.Sum(file => file.Bytes);
        if (line.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(CacheJson.List(kind, settings, kept, files, total));
            return ExitCode.Done;
        }
        var table = new TextTable("NAME", "REVISION", "SIZE", "FILES", "STATE");
        foreach (var one in kept)
            foreach (var commit in one.Commits)
                table.Add(one.Repository.Name, string.Join(", ", [.. commit.References, commit.Name[..12]]), ByteCount.OnDisk(Size(commit)),
                    $"{commit.Files.Count}", State(one, commit));
        foreach (var file in files)
            table.Add(file.Path is { } path ? Path.GetFileName(path) : "?", $"sha256={file.Sha256[..12]}", ByteCount.OnDisk(file.Bytes),
                "1", file.Path is null ? "not ended" : "");
        if (kept.Count + files.Count == 0)
            terminal.Out.WriteLine($"Nothing of that kind is kept in '{settings.CacheFolder}'.");
        else
        {
            table.Write(terminal);
            terminal.Out.WriteLine($"{ByteCount.OnDisk(total)} in '{settings.CacheFolder}'"
                + $"{(files.Count > 0 ? $" and '{settings.DownloadFolder}'" : "")}; what stands under several names is counted once.");
        }
        return ExitCode.Done;
    }

    private async Task<int> FetchAsync(ParseResult line, string text, CancellationToken cancellationToken)
    {
        var address = ModelSource.AddressOf(text, kind);
        terminal.Out.WriteLine(await remote.FetchAsync(line, places => places.Of(address), cancellationToken));
        return ExitCode.Done;
    }

    private async Task<int> VerifyAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var (settings, wanted, isRepair) = (RemoteFiles.Settings(line), line.GetValue(nameOrAll), line.GetValue(repair));
        var cache = new HubCache(settings.CacheFolder, settings.Links);
        var damaged = new JsonArray();
        var count = 0;
        await remote.WithAsync(line, async (fetcher, display) =>
        {
            foreach (var (one, commit) in Chosen(cache, wanted))
            {
                var (size, read) = (CachedRepository.Size([one]), 0L);
                var damages = await one.VerifyAsync(bytes => display.Show(one.Repository.Name, read += bytes, size), cancellationToken);
                foreach (var damage in damages.Where(damage => commit is null || damage.Commit == commit))
                {
                    Tell(line, damaged, $"{one.Repository.Name}@{damage.Commit[..12]}", damage.Path, damage.Fault);
                    if (isRepair)
                        await fetcher.RepairAsync(one.Repository, damage, cancellationToken);
                }
                count += one.Commits.Where(all => commit is null || all.Name == commit).Sum(all => all.Files.Count);
            }
        });
        foreach (var file in WebFiles(settings).Where(file => wanted is null || file.Sha256.StartsWith(wanted, StringComparison.Ordinal)))
        {
            count++;
            if (await file.IsRightAsync(cancellationToken))
                continue;
            Tell(line, damaged, Path.GetFileName(file.Path)!, file.Path!,
                $"holds something else than its hash, {file.Sha256[..12]}…, says");
            if (isRepair)
                file.Remove(settings.DownloadFolder); // its address stands in recipes alone: the next run fetches it
        }
        return Verdict(line, count, damaged, isRepair);
    }

    private int Verdict(ParseResult line, int count, JsonArray damaged, bool isRepaired)
    {
        if (line.GetValue(CommonOptions.Json))
            terminal.WriteJson(new JsonObject { ["format"] = "llmkick/verify@1", ["files"] = count, ["damaged"] = damaged,
                ["repaired"] = isRepaired });
        else
            terminal.Out.WriteLine(damaged.Count == 0 ? $"{count} file{(count == 1 ? " is as it was" : "s are as they were")} fetched."
                : $"{damaged.Count} of {count} files {(damaged.Count == 1 ? "is" : "are")} damaged"
                    + (isRepaired ? ", and fetched again." : $": 'llmkick {Name} verify --repair' fetches them again."));
        return damaged.Count == 0 || isRepaired ? ExitCode.Done : ExitCode.Failed;
    }

    private void Tell(ParseResult line, JsonArray damaged, string owner, string path, string fault)
    {
        damaged.Add(new JsonObject { ["name"] = owner, ["path"] = path, ["fault"] = fault });
        if (!line.GetValue(CommonOptions.Json))
            terminal.Out.WriteLine($"{owner}: '{path}' {fault}.");
    }

    private int Remove(ParseResult line)
    {
        var (settings, wanted) = (RemoteFiles.Settings(line), line.GetRequiredValue(name));
        var files = WebFiles(settings).Where(file => file.Sha256.StartsWith(wanted, StringComparison.Ordinal)).ToList();
        if (files is [var file])
        {
            file.Remove(settings.DownloadFolder);
            terminal.Out.WriteLine($"{wanted} is removed: {ByteCount.OnDisk(file.Bytes)} are free.");
            return ExitCode.Done;
        }
        var (one, commit) = Chosen(new HubCache(settings.CacheFolder), wanted)[0];
        terminal.Out.WriteLine($"{wanted} is removed: {ByteCount.OnDisk(one.Remove(commit))} are free.");
        return ExitCode.Done;
    }

    /// <summary>The repositories that are named, with the commit where there is one; all where none is.</summary>
    private List<(CachedRepository Repository, string? Commit)> Chosen(HubCache cache, string? wanted)
    {
        var all = CachedRepository.All(cache, kind);
        if (wanted is null)
            return [.. all.Select(one => (one, (string?)null))];
        var parts = (wanted.StartsWith("hub:", StringComparison.Ordinal) ? wanted["hub:".Length..] : wanted).Split('@', 2);
        var found = all.FirstOrDefault(one => one.Repository.Name == parts[0]);
        if (found is null && kind == HubKind.Dataset && wanted.All(char.IsAsciiHexDigitLower))
            return [];
        if (found is null)
            throw new UsageException($"'{parts[0]}' is not kept{NearestName.Question(parts[0], all.Select(one => one.Repository.Name))} "
                + $"'llmkick {Name} list' shows what is.");
        if (parts is not [_, var revision])
            return [(found, null)];
        var commits = found.Commits.Where(one => one.References.Contains(revision)
            || (revision.Length >= 7 && one.Name.StartsWith(revision, StringComparison.Ordinal))).ToList();
        return commits is [var commit] ? [(found, commit.Name)]
            : throw new UsageException($"'{parts[0]}' is kept, but not its revision '{revision}': it has "
                + $"{string.Join(", ", found.Commits.SelectMany(one => one.References.Append(one.Name[..12])))}.");
    }

    private IReadOnlyList<WebFile> WebFiles(HubSettings settings) => kind == HubKind.Dataset ? WebFile.All(settings.DownloadFolder) : [];

    private static long Size(CachedCommit commit) => commit.Files.Select(file => file.Target).OfType<string>().Distinct()
        .Sum(file => new FileInfo(file).Length);

    private static string State(CachedRepository repository, CachedCommit commit) =>
        commit.Files.Any(file => file.Target is null) ? "files are missing"
        : repository.Unfinished > 0 ? $"{ByteCount.OnDisk(repository.Unfinished)} of a download that was not ended" : "";
}
