namespace LlmKick.Transformers.Ends;

/// <summary>Learned positions.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Offset">The row of position 0.</param>
internal sealed record PositionTable(string Name, int Rows, int Offset = 0);
