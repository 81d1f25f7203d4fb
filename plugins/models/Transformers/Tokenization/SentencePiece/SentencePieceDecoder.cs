using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using LlmKick.Transformers.Tokenization.Decoding;
using LlmKick.Transformers.Tokenization.Models;

namespace LlmKick.Transformers.Tokenization.SentencePiece;

/// <summary>SentencePiece's way from ids to text. Control tokens are written where they are asked for; SentencePiece itself never writes
/// them.</summary>
/// <param name="pieces">The pieces; what lies beyond them was added by other files.</param>
/// <param name="added">Texts of ids beyond the pieces.</param>
/// <param name="spaces">How spaces are treated.</param>
/// <param name="unknownText">What the unknown token is written as; null for its own text.</param>
internal sealed class SentencePieceDecoder(IReadOnlyList<(string Text, float Score, PieceKind Kind)> pieces,
    IReadOnlyDictionary<int, AddedToken> added, SpaceRules spaces,
    string? unknownText = SentencePieceDecoder.UnknownSurface) : ITokenDecoder
{
    public const string UnknownSurface = " \u2047 ";

    private const char Mark = '\u2581';

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial)
    {
        var (text, run, isStart) = (new StringBuilder(), new List<byte>(), true);
        foreach (var id in ids)
        {
            if (id < pieces.Count && pieces[id].Kind == PieceKind.Byte && ByteTokens.TryParse(pieces[id].Text, out var value))
            {
                run.Add(value);
                continue;
            }
            Flush(run, text);
            text.Append(Piece(id, skipSpecial, isStart && text.Length == 0, out var hasSpace));
            isStart = isStart && (!hasSpace || spaces.RemovesExtra);
        }
        Flush(run, text);
        return text.ToString();
    }

    public ReadOnlyMemory<byte> Bytes(int id) => id < pieces.Count && pieces[id].Kind == PieceKind.Byte
        && ByteTokens.TryParse(pieces[id].Text, out var value)
        ? new[] { value }
        : Encoding.UTF8.GetBytes(Piece(id, skipSpecial: false, isStart: false, out _));

    private string Piece(int id, bool skipSpecial, bool isStart, out bool hasSpace)
    {
        hasSpace = false;
        if (id >= pieces.Count)
            return added.TryGetValue(id, out var token) && !(skipSpecial && token.Special) ? token.Content : "";
        var (text, _, kind) = pieces[id];
        if (kind == PieceKind.Unused && unknownText is null)
            return "";
        if (kind == PieceKind.Control)
            return skipSpecial ? "" : text;
        if (kind == PieceKind.Unknown)
            return unknownText ?? (skipSpecial ? "" : text);
        if (isStart && (spaces.AddsPrefix || spaces.RemovesExtra) && text.StartsWith(Mark))
            (text, hasSpace) = (text[1..], true);
        return text.Replace(Mark, ' ');
    }

    /// <summary>Bytes that are no UTF-8 become U+FFFD one by one.</summary>
    private static void Flush(List<byte> run, StringBuilder text)
    {
        for (var rest = CollectionsMarshal.AsSpan(run); !rest.IsEmpty;)
        {
            var isWhole = Rune.DecodeFromUtf8(rest, out var rune, out var length) == OperationStatus.Done;
            text.Append(rune);
            rest = rest[(isWhole ? length : 1)..];
        }
        run.Clear();
    }
}
