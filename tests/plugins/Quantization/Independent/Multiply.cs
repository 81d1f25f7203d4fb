namespace LlmKick.Tests.Quantization.Independent;

/// <summary>Multiplies by a linear's weights.</summary>
/// <param name="linear">Its name in the block.</param>
/// <param name="input">[tokens][inputs].</param>
/// <returns>[tokens][outputs].</returns>
internal delegate double[][] Multiply(string linear, double[][] input);
