using System.ClientModel;
using System.Net;

namespace LlmKick.Endpoint;

/// <summary>Why a server gave no answer.</summary>
/// <param name="Reason">What went wrong, in the server's words as far as it gave any.</param>
/// <param name="Advice">What helps: a sentence; null where only the server's words tell.</param>
internal sealed record ServerFault(string Reason, string? Advice)
{
    private const int Shown = 300;

    /// <summary>What an exception of the client tells of.</summary>
    /// <param name="exception">The exception; of several tries the last one's counts.</param>
    /// <param name="options">The options that the server was asked by.</param>
    public static ServerFault Of(Exception exception, EndpointOptions options) => exception switch
    {
        AggregateException several => Of(several.InnerExceptions[^1], options),
        NoAnswerException none => none.Fault,
        ClientResultException refused when refused.GetRawResponse() is { } response =>
            Refused(response.Status, response.ReasonPhrase, Completion.Reason(response.Content), options),
        OperationCanceledException or TimeoutException => new($"no reply came within {options.Timeout} s",
            "Give `timeout` more seconds, or ask for less at once with `concurrency`."),
        _ => new(exception.Message, "Check that `url` is right, and that the server runs and can be reached."),
    };

    /// <summary>The fault in a line, without a server's key, which servers repeat.</summary>
    public string Tell(string? key)
    {
        var line = (key is null ? Reason : Reason.Replace(key, "***", StringComparison.Ordinal)).ReplaceLineEndings(" ").Trim();
        var shown = line.Length <= Shown ? line : line[..Shown].Trim() + "…";
        return Advice is null ? shown : $"{shown.TrimEnd('.')}. {Advice}";
    }

    private static ServerFault Refused(int status, string phrase, string reason, EndpointOptions options)
    {
        var told = phrase.Length > 0 ? $"status {status} ({phrase})" : $"status {status}";
        var isMore = reason.Length > 0 && !reason.Equals(phrase, StringComparison.OrdinalIgnoreCase);
        return new(isMore ? $"{told}: {reason}" : $"{told}, without a reason", Advise((HttpStatusCode)status, options));
    }

    private static string? Advise(HttpStatusCode status, EndpointOptions options) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => options.KeyVariable is { } variable
            ? $"Check the key in the environment variable '{variable}'."
            : "If the server wants a key, say by `key_variable` which environment variable holds it.",
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or < HttpStatusCode.BadRequest =>
            "Check `url`, with the server's version such as /v1, and `model`.",
        HttpStatusCode.TooManyRequests => "Ask for less at once with `concurrency`, or let it try more often with `retries`.",
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
            "Run the recipe again when the server is well: replies that came are kept.",
        _ => null,
    };
}
