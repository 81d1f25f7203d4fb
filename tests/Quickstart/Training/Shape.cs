namespace LlmKick.Quickstart.Training;

/// <summary>The size of a model. Widths that are multiples of 256 fit every block format.</summary>
internal sealed record Shape(int Vocabulary, int Width, int Blocks, int Heads, int Inner, int Context)
{
    public const double RotaryBase = 10000;
    public const double NormEpsilon = 1e-5;

    public int HeadWidth => Width / Heads;
}
