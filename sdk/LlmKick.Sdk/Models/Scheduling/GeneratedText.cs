using System.Text;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>A text while it is written.</summary>
internal sealed class GeneratedText
{
    private readonly Indexed<GenerateRequest> entry;
    private readonly ITokenizer tokenizer;
    private readonly byte[][] stops;
    private readonly List<int> tokens = [];
    private readonly List<float> gaps = [];
    private readonly List<byte> bytes = [];
    private readonly Decoder characters = Encoding.UTF8.GetDecoder();
    private readonly FinishReason full;
    private int written;
    private FinishReason? finish;

    public GeneratedText(Indexed<GenerateRequest> entry, ITokenizer tokenizer, int contextLength)
    {
        (this.entry, this.tokenizer) = (entry, tokenizer);
        Prompt = new([.. entry.Request.Prompt.Tokens]);
        stops = [.. entry.Request.Stop.Select(Encoding.UTF8.GetBytes)];
        var space = contextLength - Prompt.Length;
        Room = Math.Min(entry.Request.MaxNewTokens, space);
        full = space < entry.Request.MaxNewTokens ? FinishReason.Context : FinishReason.Length;
        if (Room <= 0)
            finish = full;
    }

    public ReadOnlyMemory<int> Prompt { get; }

    /// <summary>Most tokens that may still be written at the start.</summary>
    public int Room { get; }

    public bool IsFinished => finish is not null;

    /// <summary>How the next token is drawn, or null: it is the most probable one.</summary>
    public Sampling? Sampling => entry.Request.Sampling is { Temperature: > 0 } sampling ? sampling : null;

    /// <summary>The number of tokens written so far.</summary>
    public int Count => tokens.Count;

    /// <summary>The tokens written so far.</summary>
    public IReadOnlyList<int> Written => tokens;

    /// <summary>Takes the next token.</summary>
    /// <param name="token">The token chosen.</param>
    /// <param name="gap">Its logit less the second best's.</param>
    public void Append(int token, float gap)
    {
        tokens.Add(token);
        gaps.Add(gap);
        var seen = bytes.Count;
        if (tokenizer.Knows(token) && !tokenizer.IsSpecial(token))
            bytes.AddRange(tokenizer.Bytes(token).Span);
        if (!entry.Request.IgnoreEnd && tokenizer.EndOfText.Contains(token))
            finish = FinishReason.EndOfText;
        else if (StopStart(seen) is not null || IsStop(token))
            finish = FinishReason.Stop;
        else if (tokens.Count >= Room)
            finish = full;
        entry.Request.Written?.Invoke(NextPiece());
    }

    /// <summary>Whether a special token, which is no text, is one of the stop texts.</summary>
    private bool IsStop(int token) => stops.Length > 0 && tokenizer.Knows(token) && tokenizer.IsSpecial(token)
        && entry.Request.Stop.Contains(tokenizer.Decode([token]));

    /// <summary>What can be told: all but bytes that may begin a stop text, or, at the end, all before one.</summary>
    private string NextPiece()
    {
        var certain = IsFinished ? StopStart(0) ?? bytes.Count
            : Math.Max(written, bytes.Count - stops.Select(stop => stop.Length - 1).DefaultIfEmpty(0).Max());
        var piece = new char[Encoding.UTF8.GetMaxCharCount(certain - written)];
        var count = characters.GetChars([.. bytes[written..certain]], piece, flush: IsFinished);
        written = certain;
        return new string(piece, 0, count);
    }

    public GenerateResponse ToResponse()
    {
        var text = Encoding.UTF8.GetString([.. bytes[..(StopStart(0) ?? bytes.Count)]]);
        return new GenerateResponse(entry.Index, tokens, text, finish ?? full, gaps);
    }

    /// <summary>Where the first stop text begins, looking only where it could end after <paramref name="seen"/> bytes.</summary>
    private int? StopStart(int seen)
    {
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);
        int? first = null;
        foreach (var stop in stops)
        {
            var from = Math.Max(0, seen - stop.Length + 1);
            var at = all[from..].IndexOf(stop);
            if (at >= 0 && (first is null || from + at < first))
                first = from + at;
        }
        return first;
    }
}
