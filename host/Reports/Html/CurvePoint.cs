namespace LlmKick.Reports.Html;

/// <summary>A score at a sparsity.</summary>
/// <param name="Sparsity">Share of zeros.</param>
/// <param name="Value">The score.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Its upper end.</param>
internal sealed record CurvePoint(double Sparsity, double Value, double Low, double High);
