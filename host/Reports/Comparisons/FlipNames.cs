
namespace LlmKick.Reports.Comparisons;

/// <summary>Flips in words.</summary>
internal static class FlipNames
{
    /// <summary>The words.</summary>
    public static string Of(Flip flip) => flip switch
    {
        Flip.RightToWrong => "right → wrong",
        Flip.WrongToRight => "wrong → right",
        Flip.WrongToOtherWrong => "wrong → other wrong",
        Flip.SameWrong => "wrong, the same answer",
        Flip.StaysRight => "right in both",
        Flip.Lower => "lower score",
        Flip.Higher => "higher score",
        _ => "same score",
    };
}
