namespace LlmKick.Quickstart.Training;

/// <summary>A learning rate that rises for a while, stays, and falls to nothing in the last part.</summary>
/// <param name="Peak">The highest rate.</param>
/// <param name="Rise">Steps of rising.</param>
/// <param name="Steps">All steps.</param>
internal sealed record Schedule(double Peak, int Rise, int Steps)
{
    /// <summary>The share of all steps over which the rate falls.</summary>
    private const double Fall = 0.4;

    public double Rate(int step) => Peak * Math.Min(Math.Min(1, (step + 1.0) / Rise), Math.Max(0, (Steps - step) / (Fall * Steps)));
}
