using System.Text.Json.Nodes;
using LlmKick.Kick.Questions;
using LlmKick.Sdk;

namespace LlmKick.Kick.Mmlu;

/// <summary>Reads questions as the Hugging Face hub has them (<c>cais/mmlu</c>): <c>dev</c> and <c>test</c> files of a subject in a folder of
/// its name, or of all subjects in the folder itself or in <c>all</c>.</summary>
/// <param name="folder">The folder.</param>
internal sealed class MmluParquet(string folder)
{
    private const string Needed = "MMLU as the hub's cais/mmlu has it: question, subject, choices and answer";
    private readonly Dictionary<string, ILookup<string, MmluQuestion>> read = new(StringComparer.Ordinal);

    /// <summary>Whether a folder has such files.</summary>
    public static bool IsIn(string folder) => Directory.Exists(folder) && !Directory.Exists(Path.Combine(folder, "test"))
        && Directory.EnumerateFiles(folder, "test-*.parquet", SearchOption.AllDirectories).Any();

    /// <summary>A subject's questions of a split.</summary>
    /// <exception cref="LlmKickException">There are none, or a file is damaged.</exception>
    public async Task<IReadOnlyList<MmluQuestion>> ReadAsync(string split, string subject, CancellationToken cancellationToken)
    {
        var place = new[] { subject, "", "all" }.Select(name => Path.Combine(folder, name))
            .FirstOrDefault(place => Directory.Exists(place) && Directory.EnumerateFiles(place, $"{split}-*.parquet").Any());
        if (place is null)
            throw new LlmKickException($"{folder}: there is no {split}-*.parquet for '{subject}', neither in it nor in {subject} or all. Name "
                + "the subjects that it has in `subjects`, or fetch the folder again.");
        var key = Path.Combine(place, split);
        if (!read.TryGetValue(key, out var questions))
            read[key] = questions = await FilesAsync(place, split, cancellationToken).ConfigureAwait(false);
        return questions[subject].ToList() is { Count: > 0 } own ? own
            : throw new LlmKickException($"{place}: the rows of {split} have no question of '{subject}' (they have "
                + $"{string.Join(", ", questions.Select(one => one.Key).Order(StringComparer.Ordinal).Take(5))}…). Name the subjects that it "
                + "has in `subjects`.");
    }

    private static async Task<ILookup<string, MmluQuestion>> FilesAsync(string place, string split, CancellationToken cancellationToken)
    {
        var questions = new List<(string Subject, MmluQuestion Question)>();
        foreach (var path in Directory.EnumerateFiles(place, $"{split}-*.parquet").Order(StringComparer.Ordinal))
        {
            var (file, number) = (new ParquetFile(path, Needed), 0);
            for (var group = 0; group < await file.CountGroupsAsync().ConfigureAwait(false); group++)
                questions.AddRange((await file.ReadAsync(group, cancellationToken).ConfigureAwait(false))
                    .Select(row => Question(row, $"{path}: row {++number}")));
        }
        return questions.ToLookup(question => question.Subject, question => question.Question);
    }

    private static (string Subject, MmluQuestion Question) Question(JsonObject row, string place)
    {
        if (row["question"] is JsonValue question && row["subject"] is JsonValue subject && row["choices"] is JsonArray { Count: 4 } choices
            && choices.All(choice => choice is JsonValue) && row["answer"] is JsonValue answer
            && answer.TryGetValue<long>(out var right) && right is >= 0 and < 4)
            return (subject.ToString(), new MmluQuestion(question.ToString(), [.. choices.Select(choice => choice!.ToString())],
                MmluQuestion.Letters[(int)right]));
        throw new LlmKickException($"{place}: not a row with a `question`, its `subject`, four `choices` and an `answer` from 0 to 3.");
    }
}
