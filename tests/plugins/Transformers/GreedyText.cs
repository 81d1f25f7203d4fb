namespace LlmKick.Tests.Transformers;

internal static class GreedyText
{
    /// <summary>Below this gap of the best two logits two implementations may part.</summary>
    private const float Tie = 0.01f;

    /// <summary>Equal up to the first step whose gap is a tie; at least one step must have been compared.</summary>
    public static void AssertEqual(IReadOnlyList<int> expected, IReadOnlyList<(int Id, float Gap)> actual)
    {
        var compared = actual.Take(expected.Count).TakeWhile(step => step.Gap >= Tie).Select(step => step.Id).ToList();
        Assert.NotEmpty(compared);
        Assert.Equal(expected.Take(compared.Count), compared);
    }
}
