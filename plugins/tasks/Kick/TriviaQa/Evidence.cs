using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.TriviaQa;

/// <summary>A document that may hold the answer.</summary>
/// <param name="ReadAsync">Reads its text.</param>
internal sealed record Evidence(Func<CancellationToken, Task<string>> ReadAsync)
{
    /// <summary>A text that is known.</summary>
    public static Evidence OfText(string text) => new(_ => Task.FromResult(text));

    /// <summary>A file's text.</summary>
    public static Evidence OfFile(string path) => new(async cancellationToken => File.Exists(path)
        ? await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false)
        : throw new LlmKickException(
            $"{path}: no such file; `evidence` must be TriviaQA's folder with wikipedia/ and web/, or ask with `context: closed`."));
}
