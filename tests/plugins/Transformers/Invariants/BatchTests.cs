using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>What is predicted in a text does not depend on what is read beside it, nor on how much of it is read at a time.</summary>
public sealed class BatchTests
{
    private const int Most = 80;
    private const int Shared = 8;

    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Forward_RowsOfUnequalLength_EachAsAlone(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Load(name, out var first, out var second);
        int[][] rows = [first, second[..41], first[5..12], second[20..90]];
        var hidden = model.Decoder.Forward(ModelUnderTest.Tokens(rows), Lengths(rows), null);
        AssertRows(model, rows, row => hidden[row].narrow(0, 0, rows[row].Length));
    }

    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Forward_StepByStep_AsTheWhole(string name) => AssertPieces(name, () => 1);

    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Forward_PiecesOfAnySize_AsTheWhole(string name)
    {
        var random = new Random(7);
        AssertPieces(name, () => random.Next(1, 20));
    }

    /// <summary>Three texts begin alike; LongRoPE's border (12) and dynamic NTK's (64) are crossed by some of them at once, and by one in a
    /// step.</summary>
    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Forward_CopiesOfASharedPrefix_EachAsAlone(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Load(name, out var first, out var second);
        int[][] rests = [first[8..11], second[..30], second[3..75]];
        using var prefix = model.Decoder.CreateCache(1, Shared);
        model.Decoder.Forward(ModelUnderTest.Tokens([first[..Shared]]), [Shared], prefix);
        using var cache = prefix.Select([0, 0, 0], 100);

        var texts = Array.ConvertAll(rests, rest => first[..Shared].Concat(rest).ToArray());
        var hidden = model.Decoder.Forward(ModelUnderTest.Tokens(rests), Lengths(rests), cache);
        AssertRows(model, texts, row => hidden[row].narrow(0, 0, rests[row].Length));
        foreach (var added in second[60..63])
        {
            texts = Array.ConvertAll(texts, text => text.Append(added).ToArray());
            var step = model.Decoder.Forward(ModelUnderTest.Tokens([[added], [added], [added]]), [1, 1, 1], cache);
            AssertRows(model, texts, row => step[row]);
        }
        Assert.Equal([Shared], prefix.Lengths);
    }

    private static void AssertPieces(string name, Func<int> size)
    {
        using var scope = NewDisposeScope();
        using var model = Load(name, out var first, out _);
        var whole = new WholeText(model, first[..Most]);
        using var cache = model.Decoder.CreateCache(1, Most);
        for (var (start, end) = (0, 0); start < Most; start = end)
        {
            using var step = NewDisposeScope();
            end = Math.Min(start + size(), Most);
            whole.AssertEqual(end, model.Decoder.Forward(ModelUnderTest.Tokens([first[start..end]]), [end - start], cache)[0]);
        }
    }

    /// <summary>Compares the last tokens of each text with the same of the text alone.</summary>
    private static void AssertRows(ModelUnderTest model, int[][] texts, Func<int, Tensor> hidden)
    {
        for (var row = 0; row < texts.Length; row++)
        {
            using var scope = NewDisposeScope();
            new WholeText(model, texts[row]).AssertEqual(texts[row].Length, hidden(row));
        }
    }

    private static ModelUnderTest Load(string name, out int[] first, out int[] second)
    {
        var ids = Golden.Json($"golden/architectures/{name}/golden.json").GetProperty("ids");
        (first, second) = (ids[0].Ints(), ids[1].Ints());
        return ModelUnderTest.Load($"golden/architectures/{name}");
    }

    private static int[] Lengths(int[][] rows) => Array.ConvertAll(rows, row => row.Length);
}
