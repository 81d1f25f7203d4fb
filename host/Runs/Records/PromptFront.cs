using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Records;

/// <summary>A beginning-of-text in front of what a task asks.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Token">How it is written.</param>
/// <param name="By">Who put it there: <c>tokenizer</c>, <c>template</c> (the chat template wrote it) or <c>text</c> (the data have
/// it).</param>
internal sealed record PromptFront(int Id, string Token, string By)
{
    private const string BeginName = "bos_token";

    /// <summary>What stands in front of a task's first questions; several where they differ, null where nothing does.</summary>
    public static IReadOnlyList<PromptFront>? Of(TaskSamples asked, ITokenizer tokenizer)
    {
        if (Begin(tokenizer) is not { } id)
            return null;
        var token = tokenizer.Decode([id]);
        var fronts = asked.Requests.SelectMany(requests => requests)
            .Where(request => request.Opening.Tokens is [var first, ..] && first == id)
            .Select(request => new PromptFront(id, token, Writer(request.Opening, token))).Distinct().ToList();
        return fronts.Count > 0 ? fronts : null;
    }

    /// <summary>The tokenizer's own, or the one that its files name for templates to write.</summary>
    private static int? Begin(ITokenizer tokenizer) => tokenizer.BeginOfText
        ?? (tokenizer.SpecialTokens.TryGetValue(BeginName, out var text) && tokenizer.Encode(text) is [var id] ? id : null);

    private static string Writer(Prompt prompt, string token) => !prompt.Text.StartsWith(token, StringComparison.Ordinal)
        ? "tokenizer"
        : prompt.Messages is null ? "text" : "template";
}
