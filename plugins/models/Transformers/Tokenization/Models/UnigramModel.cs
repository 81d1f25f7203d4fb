using System.Text;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Models;

/// <summary>The tokens whose scores have the greatest sum; of equal sums the one that was found first.</summary>
/// <param name="pieces">All texts that can be a token.</param>
/// <param name="scores">Scores by id.</param>
/// <param name="unknownScore">The score of a character without a token.</param>
/// <param name="unknown">What such characters become; runs of them are one.</param>
/// <param name="isSingle">Whether sums are rounded to 32 bits, as SentencePiece itself does.</param>
internal sealed class UnigramModel(PieceTrie pieces, double[] scores, double unknownScore, UnknownRule unknown, bool isSingle = false)
    : IPieceModel
{
    private const int Unknown = -1;

    public int[] Encode(ReadOnlySpan<char> piece)
    {
        var best = new (double Score, int From, int Id)[piece.Length + 1];
        Array.Fill(best, (double.NegativeInfinity, Unknown, Unknown));
        best[0].Score = 0;
        for (int at = 0, length; at < piece.Length; at += length)
        {
            Rune.DecodeFromUtf16(piece[at..], out _, out length);
            if (!Extend(piece, at, length, best))
                Offer(ref best[at + length], best[at].Score + unknownScore, at, Unknown);
        }
        return Collect(piece, best);
    }

    /// <summary>Tries every token that begins at a place.</summary>
    /// <returns>Whether the character there is a token itself.</returns>
    private bool Extend(ReadOnlySpan<char> piece, int at, int length, (double Score, int From, int Id)[] best)
    {
        var (node, isToken, here) = (PieceTrie.Root, false, best[at].Score);
        for (var end = at; end < piece.Length && pieces.TryStep(ref node, piece[end]); end++)
            if (pieces.TryGet(node, out var id))
            {
                Offer(ref best[end + 1], here + scores[id], at, id);
                isToken |= end + 1 == at + length;
            }
        return isToken;
    }

    private void Offer(ref (double Score, int From, int Id) place, double score, int from, int id)
    {
        if (place.From < 0 || score > place.Score)
            place = (isSingle ? (float)score : score, from, id);
    }

    private int[] Collect(ReadOnlySpan<char> piece, (double Score, int From, int Id)[] best)
    {
        var path = new List<(int From, int End, int Id)>();
        for (var end = piece.Length; end > 0; end = best[end].From)
            path.Add((best[end].From, end, best[end].Id == unknown.Id ? Unknown : best[end].Id));
        path.Reverse();
        var ids = new List<int>(path.Count);
        for (int i = 0, next; i < path.Count; i = next)
        {
            next = i + 1;
            if (path[i].Id != Unknown)
            {
                ids.Add(path[i].Id);
                continue;
            }
            while (next < path.Count && path[next].Id == Unknown)
                next++;
            AddUnknown(piece[path[i].From..path[next - 1].End], ids);
        }
        return [.. ids];
    }

    private void AddUnknown(ReadOnlySpan<char> text, List<int> ids)
    {
        if (unknown.Bytes?.TryAdd(text, ids) == true)
            return;
        ids.Add(unknown.Id ?? throw new LlmKickException($"The tokenizer has no token for '{text}' and none for what is unknown."));
    }
}
