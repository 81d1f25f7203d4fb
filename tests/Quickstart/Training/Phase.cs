using LlmKick.Quickstart.Text;

namespace LlmKick.Quickstart.Training;

/// <summary>A part of a training.</summary>
/// <param name="From">Its first step.</param>
/// <param name="Mix">What is read.</param>
internal sealed record Phase(int From, Mix Mix)
{
    /// <summary>Rows of a step.</summary>
    public int Rows { get; init; } = 8;

    /// <summary>Tokens of a row. In short rows there is little else to look at than the document itself.</summary>
    public int Length { get; init; } = 256;
}
