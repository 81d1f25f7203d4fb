namespace LlmKick.Reports.Html;

/// <summary>What compression did to one linear.</summary>
/// <param name="Error">Of its output, relative; of its weights where no output was measured.</param>
/// <param name="Sparsity">Share of zeros.</param>
internal sealed record LayerCell(double Error, double Sparsity);
