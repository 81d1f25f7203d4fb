namespace LlmKick.Sdk.Models;

/// <summary>How often routers chose a token's experts, and how often it was close: the last one chosen and the next lay nearer to each
/// other than bfloat16 tells two numbers of their size apart, so that other rounding may choose otherwise.</summary>
/// <param name="Choices">Choices: tokens times blocks with a router.</param>
/// <param name="Close">How many of them were close.</param>
public readonly record struct RouterChoices(long Choices, long Close)
{
    /// <summary>All of both.</summary>
    public static RouterChoices operator +(RouterChoices one, RouterChoices other) =>
        new(one.Choices + other.Choices, one.Close + other.Close);

    /// <summary>Those since an earlier count.</summary>
    public static RouterChoices operator -(RouterChoices one, RouterChoices earlier) =>
        new(one.Choices - earlier.Choices, one.Close - earlier.Close);
}
