using System.Text.Json.Nodes;
using LlmKick.Kick.Questions;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.Mmlu;

/// <summary>Reads MMLU as the Hugging Face hub has it (cais/mmlu): a row has <c>question</c>, <c>subject</c>, four <c>choices</c> and
/// <c>answer</c>, the place of the right one from 0.</summary>
/// <param name="folder">The folder of all subjects' files, or of a folder for each subject.</param>
internal sealed class MmluParquet(string folder)
{
    private const string Needed = "MMLU as the hub has it, such as all/test-00000-of-00001.parquet";

    private readonly Dictionary<string, IReadOnlyDictionary<string, List<MmluQuestion>>> read = new(StringComparer.Ordinal);

    /// <summary>Rows that are no questions.</summary>
    public LeftOut LeftOut { get; } = new();

    /// <summary>Whether a folder is of this layout.</summary>
    public static bool Is(string folder) => Files(folder, "test").Count > 0
        || MmluSubjects.All.Keys.Any(subject => Files(Path.Combine(folder, subject), "test").Count > 0);

    /// <summary>A subject's questions of a split.</summary>
    /// <exception cref="LlmKickException">There are none, or a file is no such file.</exception>
    public async Task<IReadOnlyList<MmluQuestion>> ReadAsync(string split, string subject, CancellationToken cancellationToken)
    {
        var own = Path.Combine(folder, subject);
        var place = Files(own, split).Count > 0 ? own : folder;
        var files = Files(place, split);
        if (files.Count == 0)
            throw new LlmKickException($"{folder}: there is no {split}-*.parquet for '{subject}'; the folder must hold dev and test of "
                + $"each subject asked. Name those that it has in `subjects`.");
        var key = Path.Combine(place, split);
        if (!read.TryGetValue(key, out var subjects))
            read[key] = subjects = await ReadAsync(files, cancellationToken).ConfigureAwait(false);
        return subjects.TryGetValue(subject, out var questions) ? questions
            : throw new LlmKickException($"{files[0]}: there is no question of '{subject}'; it has "
                + $"{string.Join(", ", subjects.Keys.Order(StringComparer.Ordinal))}. Name those that it has in `subjects`.");
    }

    private async Task<IReadOnlyDictionary<string, List<MmluQuestion>>> ReadAsync(IReadOnlyList<string> files,
        CancellationToken cancellationToken)
    {
        var subjects = new Dictionary<string, List<MmluQuestion>>(StringComparer.Ordinal);
        foreach (var path in files)
        {
            var file = new ParquetFile(path, Needed);
            var groups = await file.CountGroupsAsync().ConfigureAwait(false);
            for (var group = 0; group < groups; group++)
                foreach (var row in await file.ReadAsync(group, cancellationToken).ConfigureAwait(false))
                    Add(path, row, subjects);
        }
        return subjects;
    }

    private void Add(string path, JsonObject row, Dictionary<string, List<MmluQuestion>> subjects)
    {
        foreach (var column in new[] { "question", "subject", "choices", "answer" })
            if (!row.ContainsKey(column))
                throw new LlmKickException($"{path}: there is no column '{column}' (it has "
                    + $"{string.Join(", ", row.Select(one => one.Key))}); give {Needed}.");
        var choices = (row["choices"] as JsonArray)?.Select(Text).OfType<string>().ToArray() ?? [];
        var answer = row["answer"] is JsonValue value && value.TryGetValue<long>(out var place) ? place : -1;
        if (Text(row["question"]) is not { Length: > 0 } question)
            LeftOut.Add("without a question");
        else if (Text(row["subject"]) is not { Length: > 0 } subject)
            LeftOut.Add("without a subject");
        else if (choices.Length != MmluQuestion.Letters.Count)
            LeftOut.Add("without four choices");
        else if (answer < 0 || answer >= MmluQuestion.Letters.Count)
            LeftOut.Add("without a right answer from 0 to 3");
        else if (subjects.TryGetValue(subject, out var questions))
            questions.Add(new MmluQuestion(question, choices, MmluQuestion.Letters[(int)answer]));
        else
            subjects[subject] = [new MmluQuestion(question, choices, MmluQuestion.Letters[(int)answer])];
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IReadOnlyList<string> Files(string folder, string split) => FileSet.Of(Path.Combine(folder, $"{split}-*.parquet"));
}
