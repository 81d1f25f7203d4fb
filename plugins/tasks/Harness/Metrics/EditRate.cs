namespace LlmKick.Harness.Metrics;

/// <summary>Translation edit rate (Snover et al., 2006) as sacrebleu computes it after Tercom: words without case, shifts found
/// greedily.</summary>
internal static class EditRate
{
    private const int MostShiftedWords = 10;
    private const int FarthestShift = 50;
    private const int MostCandidates = 1000;
    private const int Beam = 25;

    private enum Edit
    {
        None,
        Keep,
        Replace,
        Insert,
        Delete,
    }

    /// <summary>What a sentence gives: its edits, and the reference's words.</summary>
    public static double[] Counts(string text, string reference)
    {
        var (words, right) = (Words(text), Words(reference));
        if (right.Length == 0)
            return [words.Length, 0];
        var (shifts, candidates) = (0, 0);
        while (true)
        {
            var (gain, shifted) = BestShift(words, right, ref candidates);
            if (candidates >= MostCandidates || gain <= 0)
                return [shifts + Distance(words, right).Edits, right.Length];
            shifts++;
            words = shifted;
        }
    }

    /// <summary>The rate of summed counts in percent.</summary>
    public static double Score(double[] counts) => counts[1] > 0 ? 100 * counts[0] / counts[1] : counts[0] > 0 ? 100 : 0;

    private static string[] Words(string text) =>
        text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static (int Gain, string[] Words) BestShift(string[] words, string[] right, ref int candidates)
    {
        var (before, trace) = Distance(words, right);
        var (align, rightWrong, wordWrong) = Alignment(trace);
        (int Gain, int Length, int Start, int Target)? best = null;
        var shifted = words;
        foreach (var (start, at, length) in Pairs(words, right))
        {
            if (!wordWrong.Skip(start).Take(length).Contains(true) || !rightWrong.Skip(at).Take(length).Contains(true)
                || (align[at] >= start && align[at] < start + length))
                continue;
            var previous = -1;
            for (var offset = -1; offset < length; offset++)
            {
                if (at + offset >= 0 && !align.ContainsKey(at + offset))
                    break;
                var target = at + offset == -1 ? 0 : align[at + offset] + 1;
                if (target == previous)
                    continue;
                previous = target;
                var moved = Shift(words, start, length, target);
                var candidate = (before - Distance(moved, right).Edits, length, -start, -target);
                candidates++;
                if (best is null || candidate.CompareTo(best.Value) > 0)
                    (best, shifted) = (candidate, moved);
            }
            if (candidates >= MostCandidates)
                break;
        }
        return (best?.Gain ?? 0, shifted);
    }

    private static IEnumerable<(int Start, int At, int Length)> Pairs(string[] words, string[] right)
    {
        for (var start = 0; start < words.Length; start++)
            for (var at = 0; at < right.Length; at++)
                if (Math.Abs(at - start) <= FarthestShift)
                    for (var length = 0; length < MostShiftedWords && start + length < words.Length && at + length < right.Length
                        && words[start + length] == right[at + length];)
                        yield return (start, at, ++length);
    }

    private static string[] Shift(string[] words, int start, int length, int target)
    {
        var moved = words[start..(start + length)];
        if (target < start)
            return [.. words[..target], .. moved, .. words[target..start], .. words[(start + length)..]];
        return target > start + length
            ? [.. words[..start], .. words[(start + length)..target], .. moved, .. words[target..]]
            : [.. words[..start], .. words[(start + length)..Math.Min(length + target, words.Length)], .. moved,
                .. words[Math.Min(length + target, words.Length)..]];
    }

    private static (Dictionary<int, int> Align, List<bool> RightWrong, List<bool> WordWrong) Alignment(List<Edit> trace)
    {
        var (word, at) = (-1, -1);
        var (align, rightWrong, wordWrong) = (new Dictionary<int, int>(), new List<bool>(), new List<bool>());
        foreach (var edit in trace)
            switch (edit)
            {
                case Edit.Keep or Edit.Replace:
                    align[++at] = ++word;
                    wordWrong.Add(edit == Edit.Replace);
                    rightWrong.Add(edit == Edit.Replace);
                    break;
                // The edits make the reference of the text; the alignment reads them the other way.
                case Edit.Delete:
                    word++;
                    wordWrong.Add(true);
                    break;
                default:
                    align[++at] = word;
                    rightWrong.Add(true);
                    break;
            }
        return (align, rightWrong, wordWrong);
    }

    private static (int Edits, List<Edit> Trace) Distance(string[] words, string[] right)
    {
        var costs = new (int Cost, Edit Edit)[words.Length + 1, right.Length + 1];
        for (var i = 0; i <= words.Length; i++)
            for (var j = 0; j <= right.Length; j++)
                costs[i, j] = i == 0 ? (j, Edit.Insert) : (int.MaxValue / 2, Edit.None);
        var ratio = words.Length > 0 ? (double)right.Length / words.Length : 1;
        var beam = ratio / 2 > Beam ? (int)Math.Ceiling((ratio / 2) + Beam) : Beam;
        for (var i = 1; i <= words.Length; i++)
        {
            var diagonal = (int)Math.Floor(i * ratio);
            var last = i == words.Length ? right.Length + 1 : Math.Min(right.Length + 1, diagonal + beam);
            for (var j = Math.Max(0, diagonal - beam); j < last; j++)
            {
                if (j == 0)
                {
                    costs[i, j] = (costs[i - 1, j].Cost + 1, Edit.Delete);
                    continue;
                }
                var same = words[i - 1] == right[j - 1];
                Try(costs[i - 1, j - 1].Cost + (same ? 0 : 1), same ? Edit.Keep : Edit.Replace);
                Try(costs[i - 1, j].Cost + 1, Edit.Delete);
                Try(costs[i, j - 1].Cost + 1, Edit.Insert);

                void Try(int cost, Edit edit)
                {
                    if (cost < costs[i, j].Cost)
                        costs[i, j] = (cost, edit);
                }
            }
        }
        return (costs[words.Length, right.Length].Cost, Trace(costs, words.Length, right.Length));
    }

    private static List<Edit> Trace((int Cost, Edit Edit)[,] costs, int i, int j)
    {
        var trace = new List<Edit>();
        while (i > 0 || j > 0)
        {
            var edit = i == 0 ? Edit.Insert : j == 0 ? Edit.Delete : costs[i, j].Edit;
            trace.Add(edit);
            (i, j) = edit switch
            {
                Edit.Insert => (i, j - 1),
                Edit.Delete => (i - 1, j),
                _ => (i - 1, j - 1),
            };
        }
        trace.Reverse();
        return trace;
    }
}
