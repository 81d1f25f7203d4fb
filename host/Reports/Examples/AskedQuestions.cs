using System.Text.Json;
using LlmKick.Reports.Samples;
using LlmKick.Storage;

namespace LlmKick.Reports.Examples;

/// <summary>What a task asked, of the samples that are shown.</summary>
internal sealed class AskedQuestions
{
    private readonly Dictionary<string, AskedQuestion> asked = [];

    private AskedQuestions()
    {
    }

    /// <summary>Reads a task's requests.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ids">The samples that are wanted.</param>
    public static AskedQuestions Read(string path, IReadOnlySet<string> ids)
    {
        var questions = new AskedQuestions();
        if (File.Exists(path))
            JsonLinesFile.Read(path, (_, line) => questions.Take(line, ids));
        return questions;
    }

    /// <summary>A sample's question, or null.</summary>
    public AskedQuestion? Find(string id) => asked.GetValueOrDefault(id);

    private void Take(ReadOnlySpan<byte> line, IReadOnlySet<string> ids)
    {
        // The id stands first: lines that are not wanted are not read on.
        var json = new Utf8JsonReader(line);
        if (!json.Read() || !json.Read() || !json.ValueTextEquals("id"u8) || !json.Read() || json.GetString() is not { } id
            || !ids.Contains(id))
            return;
        using var document = JsonDocument.Parse(line.ToArray());
        asked[id] = AskedQuestion.Of(document.RootElement.Clone());
    }
}
