namespace LlmKick.Kick.TriviaQa;

/// <summary>A document that may hold the answer: a text, or a file with it.</summary>
/// <param name="Text">The text, or null.</param>
/// <param name="File">The file, or null.</param>
internal sealed record Evidence(string? Text, string? File)
{
    /// <summary>The text.</summary>
    /// <exception cref="LlmKickException">There is no such file.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (Text is not null)
            return Text;
        if (!System.IO.File.Exists(File))
            throw new Sdk.LlmKickException($"{File}: no such file; `evidence` must be TriviaQA's folder with wikipedia/ and web/, or ask with `context: closed`.");
        return await System.IO.File.ReadAllTextAsync(File, cancellationToken).ConfigureAwait(false);
    }
}
