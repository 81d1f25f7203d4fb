using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace LlmKick.Pruning.Kernels;

/// <summary>Rows of a CPU tensor as spans. Valid as long as the tensor.</summary>
internal readonly unsafe struct FloatMatrix
{
    private readonly float* _data;
    private readonly long _columns;

    /// <summary>Looks at a contiguous float32 tensor [rows, columns] in the CPU's memory.</summary>
    public FloatMatrix(torch.Tensor tensor)
    {
        if (tensor.dtype != torch.ScalarType.Float32 || tensor.device_type != DeviceType.CPU || tensor.dim() != 2 || !tensor.is_contiguous())
            throw new ArgumentException("The tensor is not a contiguous float32 matrix in the CPU's memory.", nameof(tensor));
        (Rows, _columns) = ((int)tensor.shape[0], tensor.shape[1]);
        using var first = tensor.narrow(0, 0, 1);
        _data = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }

    public int Rows { get; }

    public int Columns => (int)_columns;

    public Span<float> this[int row] => new(_data + row * _columns, Columns);
}
