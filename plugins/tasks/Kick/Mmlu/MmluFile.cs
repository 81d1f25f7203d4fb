using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using LlmKick.Sdk;

namespace LlmKick.Kick.Mmlu;

/// <summary>Reads a subject's questions: CSV without a header, six fields a row.</summary>
internal static class MmluFile
{
    // A quote inside an unquoted field is text, as in Python's csv module.
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { HasHeaderRecord = false, BadDataFound = null };

    public static async Task<IReadOnlyList<MmluQuestion>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new LlmKickException($"{path}: no such file; the folder must hold dev/ and test/ of each subject asked. Name those that it has in `subjects`.");
        using var reader = new StreamReader(path);
        using var parser = new CsvParser(reader, Format);
        var questions = new List<MmluQuestion>();
        for (var line = 1; await parser.ReadAsync().ConfigureAwait(false); line = parser.RawRow + 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            questions.Add(Question(parser.Record ?? []) ?? throw new LlmKickException(
                $"{path}:{line}: this row has {parser.Count} fields; a row is question, four answers and the right letter (A, B, C or D)."));
        }
        return questions;
    }

    private static MmluQuestion? Question(string[] fields)
    {
        var texts = fields.Select(field => field.ReplaceLineEndings("\n")).ToArray();
        return texts.Length == 6 && MmluQuestion.Letters.Contains(texts[5]) ? new MmluQuestion(texts[0], texts[1..5], texts[5]) : null;
    }
}
