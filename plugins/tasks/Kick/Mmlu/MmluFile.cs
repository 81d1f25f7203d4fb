using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.Mmlu;

/// <summary>Reads a subject's questions: CSV without a header, six fields a row.</summary>
internal static class MmluFile
{
    // A quote inside an unquoted field is text, as in Python's csv module.
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { HasHeaderRecord = false, BadDataFound = null };

    public static async Task<IReadOnlyList<MmluQuestion>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new LlmKickException(
                $"{path}: no such file; the folder must hold dev/ and test/ of each subject asked. Name those that it has in `subjects`.");
        using var reader = new StringReader(await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false));
        using var parser = new CsvParser(reader, Format);
        var questions = new List<MmluQuestion>();
        for (var line = 1; await parser.ReadAsync().ConfigureAwait(false); line = parser.RawRow + 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            questions.Add(Question(parser.Record ?? [], $"{path}:{line}"));
        }
        return questions.Count > 0 ? questions : throw new LlmKickException($"{path}: the file is empty; give one question a row.");
    }

    private static MmluQuestion Question(string[] fields, string place)
    {
        if (fields.Length != 6)
            throw new LlmKickException(
                $"{place}: this row has {fields.Length} fields; a row is question, four answers and the right letter (A, B, C or D).");
        var texts = fields.Select(field => field.ReplaceLineEndings("\n")).ToArray();
        return MmluQuestion.Letters.Contains(texts[5])
            ? new MmluQuestion(texts[0], texts[1..5], texts[5])
            : throw new LlmKickException(
                $"{place}: '{texts[5]}' is no right letter; the sixth field is A, B, C or D, and the file has no line of names.");
    }
}
