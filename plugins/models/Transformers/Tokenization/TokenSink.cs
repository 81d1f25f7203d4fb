using LlmKick.Sdk.Models;
using LlmKick.Transformers.Tokenization.Models;

namespace LlmKick.Transformers.Tokenization;

/// <summary>Collects ids, and where they come from if that is asked for.</summary>
internal sealed class TokenSink(PieceCache model, PieceAlignment? alignment)
{
    private readonly List<TextRange> _ranges = [];

    public List<int> Ids { get; } = [];

    public bool IsTracked => alignment is not null;

    /// <summary>Adds an added token.</summary>
    public void Add(int id, Fragment text)
    {
        Ids.Add(id);
        if (alignment is not null)
            _ranges.Add(text.Origin(0, text.Length));
    }

    /// <summary>Adds the tokens of a piece.</summary>
    public void AddPiece(Fragment piece)
    {
        if (piece.Length == 0)
            return;
        var ids = model.Encode(piece.Span);
        Ids.AddRange(ids);
        if (alignment is not null)
            _ranges.AddRange(alignment.Of(piece, ids));
    }

    /// <summary>Adds ids that no text made.</summary>
    public void Put(IReadOnlyList<int> ids, TextRange place)
    {
        Ids.AddRange(ids);
        _ranges.AddRange(Enumerable.Repeat(place, IsTracked ? ids.Count : 0));
    }

    public List<TokenSpan> Spans() => [.. Ids.Zip(_ranges, (id, range) => new TokenSpan(id, range.Start, range.End))];
}
