using TorchSharp;

namespace LlmKick.Sdk.Tensors;

/// <summary>Rows of a CPU tensor as spans, for loops over them in C#. Valid as long as the tensor.</summary>
public readonly unsafe struct FloatMatrix
{
    private readonly float* _data;
    private readonly long _columns;

    /// <summary>Looks at a tensor.</summary>
    /// <param name="tensor">[rows, columns], float32, contiguous, in the CPU's memory.</param>
    /// <exception cref="ArgumentException">It is not such a tensor.</exception>
    public FloatMatrix(torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.dtype != torch.ScalarType.Float32 || tensor.device_type != DeviceType.CPU || tensor.dim() != 2
            || !tensor.is_contiguous())
            throw new ArgumentException("The tensor is not a contiguous float32 matrix in the CPU's memory.", nameof(tensor));
        (Rows, _columns) = ((int)tensor.shape[0], tensor.shape[1]);
        _data = (float*)TensorAddress.Of(tensor);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns => (int)_columns;

    /// <summary>A row; what is written to it is written to the tensor.</summary>
    /// <param name="row">0 … <see cref="Rows"/> − 1.</param>
    public Span<float> this[int row] => new(_data + row * _columns, Columns);
}
