using LlmKick.Sdk.Compression;

namespace LlmKick.Transformers.Export;

/// <summary>What decides how a linear can be stored, foreseen or as it is.</summary>
/// <param name="Name">The whole name, such as <c>model.layers.0.mlp.down_proj</c>.</param>
/// <param name="Outputs">Rows of its weight.</param>
/// <param name="Inputs">Columns of its weight.</param>
/// <param name="Forecast">Its encoding and its zeros.</param>
internal sealed record LinearFacts(string Name, long Outputs, long Inputs, LinearForecast Forecast)
{
    public LinearEncoding Encoding => Forecast.Encoding;

    public QuantizedEncoding? Quantized => Encoding as QuantizedEncoding;

    /// <summary>Whether a plugin stores it in a way of its own.</summary>
    public bool IsUnknown => Encoding is not (DenseEncoding or PrunedEncoding or QuantizedEncoding);

    /// <summary>Why formats cannot store it, where that is so: the end of a sentence about it.</summary>
    public string? UnknownFault => IsUnknown ? $"is stored as '{Encoding.Kind}', which the format does not know" : null;

    /// <summary>What files of floats do not say of linears, in a sentence; null where there is nothing.</summary>
    public static string? NoteOfInputs(IEnumerable<ModelTensor> dense) =>
        dense.Any(tensor => tensor.Linear?.Quantized?.Activations is not null)
            ? "inputs of linears were rounded when it was measured, which this format does not say"
            : null;

    public static LinearFacts Of(string name, Linear linear) => new(name, linear.Outputs, linear.Inputs, new LinearForecast(
        linear.Encoding, linear.Encoding.IsPruned ? linear.Weight.numel() - linear.Weight.count_nonzero().item<long>() : 0,
        linear.Quantized?.ColumnGroups is not null, linear.Quantized?.Scales.numel() == 1));
}
