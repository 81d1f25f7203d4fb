using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace LlmKick.Sdk.Tensors;

/// <summary>
/// x·Wᵀ + b, as models compute their linears. A few rows against a weight in the CPU's memory are multiplied here, at about the rate at
/// which the weight is read: libtorch's own product of one bfloat16 row, and of two to eight float32 rows, takes several times as long. All
/// else is libtorch's.
/// </summary>
public static unsafe class LinearProduct
{
    // Of bfloat16, from two rows on libtorch's products win, where the processor has them; of small weights, which caches hold, always.
    private const int MostFloatRows = 8;
    private const int MostBFloatRows = 1;
    private const long LeastBytes = 1 << 20;
    private const int RowsAtOnce = 4;

    /// <summary>Multiplies.</summary>
    /// <param name="input">[…, inputs].</param>
    /// <param name="weight">[outputs, inputs], of the input's dtype and device.</param>
    /// <param name="bias">[outputs], of the same; null for none.</param>
    /// <returns>[…, outputs] in the input's dtype, owned by the caller's dispose scope.</returns>
    public static torch.Tensor Of(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(weight);
        return IsOfFewRows(input, weight) && !Learns(input, weight, bias) ? OfFewRows(input, weight, bias)
            : torch.nn.functional.linear(input, weight, bias);
    }

    // Asked of every linear of every pass: what most passes fail comes first.
    private static bool IsOfFewRows(torch.Tensor input, torch.Tensor weight)
    {
        var type = weight.dtype;
        var most = type switch
        {
            torch.ScalarType.Float32 => MostFloatRows,
            torch.ScalarType.BFloat16 => MostBFloatRows,
            _ => 0,
        };
        var (numbers, columns) = (input.numel(), input.shape[^1]);
        return numbers > 0 && numbers <= most * columns && weight.numel() * weight.ElementSize >= LeastBytes
            && weight.device_type == DeviceType.CPU && input.device_type == DeviceType.CPU && input.dtype == type
            && weight.dim() == 2 && weight.shape[1] == columns && weight.is_contiguous();
    }

    private static bool Learns(params ReadOnlySpan<torch.Tensor?> tensors)
    {
        if (!torch.is_grad_enabled())
            return false;
        foreach (var tensor in tensors)
            if (tensor?.requires_grad == true)
                return true;
        return false;
    }

    /// <summary>The product as it is made here: float32 or bfloat16 in the CPU's memory, at least one row, the weight contiguous.</summary>
    internal static torch.Tensor OfFewRows(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias = null)
    {
        var output = torch.empty([.. input.shape[..^1], weight.shape[0]], weight.dtype);
        using var own = input.contiguous();
        using var floats = bias?.to(torch.ScalarType.Float32).contiguous();
        var rows = (int)(input.numel() / weight.shape[1]);
        if (weight.dtype == torch.ScalarType.Float32)
            Multiply<Floats>(own, weight, floats, output, rows);
        else
            Multiply<BFloats>(own, weight, floats, output, rows);
        return output;
    }

    private static void Multiply<T>(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, torch.Tensor output, int rows)
        where T : INumbers
    {
        var (outputs, columns) = ((int)weight.shape[0], (int)weight.shape[1]);
        byte* from = TensorAddress.Of(input), matrix = TensorAddress.Of(weight), to = TensorAddress.Of(output);
        var added = bias is null ? null : (float*)TensorAddress.Of(bias);
        var inputs = ArrayPool<float>.Shared.Rent(rows * columns);
        for (var row = 0; row < rows; row++)
            T.Arrange(from + (long)row * columns * T.Size, inputs.AsSpan(row * columns, columns));
        RowRange.Parallel(0, outputs, columns * rows, (first, end) =>
        {
            fixed (float* all = inputs)
                for (var index = first; index < end; index++)
                {
                    var own = matrix + (long)index * columns * T.Size;
                    var row = 0;
                    for (; row + RowsAtOnce <= rows; row += RowsAtOnce)
                    {
                        var (a, b, c, d) = DotFour<T>(own, all + (long)row * columns, columns);
                        Put(row, a);
                        Put(row + 1, b);
                        Put(row + 2, c);
                        Put(row + 3, d);
                    }
                    for (; row < rows; row++)
                        Put(row, Dot<T>(own, all + (long)row * columns, columns));

                    void Put(int at, float value) => T.Write(to, (long)at * outputs + index, added is null ? value : value + added[index]);
                }
        });
        ArrayPool<float>.Shared.Return(inputs);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
    }

    private static float Dot<T>(byte* weight, float* input, int columns)
        where T : INumbers
    {
        Vector<float> a = default, b = default, c = default, d = default;
        var step = Vector<float>.Count;
        var at = 0;
        for (; at <= columns - 4 * step; at += 4 * step)
        {
            var (first, second) = T.Load(weight, at);
            var (third, fourth) = T.Load(weight, at + 2 * step);
            a = Vector.FusedMultiplyAdd(first, Read(input + at), a);
            b = Vector.FusedMultiplyAdd(second, Read(input + at + step), b);
            c = Vector.FusedMultiplyAdd(third, Read(input + at + 2 * step), c);
            d = Vector.FusedMultiplyAdd(fourth, Read(input + at + 3 * step), d);
        }
        for (; at <= columns - 2 * step; at += 2 * step)
        {
            var (first, second) = T.Load(weight, at);
            a = Vector.FusedMultiplyAdd(first, Read(input + at), a);
            b = Vector.FusedMultiplyAdd(second, Read(input + at + step), b);
        }
        var sum = Vector.Sum(a + b + (c + d));
        for (; at < columns; at++)
            sum += T.At(weight, at) * input[at];
        return sum;
    }

    /// <summary>The same with four inputs, one after the other: what is read of the weight serves all.</summary>
    private static (float A, float B, float C, float D) DotFour<T>(byte* weight, float* input, int columns)
        where T : INumbers
    {
        Vector<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        float* second = input + columns, third = second + columns, fourth = third + columns;
        var step = Vector<float>.Count;
        var at = 0;
        for (; at <= columns - 2 * step; at += 2 * step)
        {
            var (even, odd) = T.Load(weight, at);
            a0 = Vector.FusedMultiplyAdd(even, Read(input + at), a0);
            a1 = Vector.FusedMultiplyAdd(odd, Read(input + at + step), a1);
            b0 = Vector.FusedMultiplyAdd(even, Read(second + at), b0);
            b1 = Vector.FusedMultiplyAdd(odd, Read(second + at + step), b1);
            c0 = Vector.FusedMultiplyAdd(even, Read(third + at), c0);
            c1 = Vector.FusedMultiplyAdd(odd, Read(third + at + step), c1);
            d0 = Vector.FusedMultiplyAdd(even, Read(fourth + at), d0);
            d1 = Vector.FusedMultiplyAdd(odd, Read(fourth + at + step), d1);
        }
        float a = Vector.Sum(a0 + a1), b = Vector.Sum(b0 + b1), c = Vector.Sum(c0 + c1), d = Vector.Sum(d0 + d1);
        for (; at < columns; at++)
        {
            var value = T.At(weight, at);
            (a, b, c, d) = (a + value * input[at], b + value * second[at], c + value * third[at], d + value * fourth[at]);
        }
        return (a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Read(float* from) => Unsafe.ReadUnaligned<Vector<float>>(from);

    /// <summary>How numbers of a dtype are read and written.</summary>
    private interface INumbers
    {
        /// <summary>Bytes of a number.</summary>
        static abstract int Size { get; }

        /// <summary>Two vectors of numbers from a place on, in the order in which <see cref="Arrange"/> puts the inputs.</summary>
        static abstract (Vector<float> First, Vector<float> Second) Load(byte* numbers, int at);

        static abstract float At(byte* numbers, int at);

        static abstract void Write(byte* numbers, long at, float value);

        /// <summary>Copies a row so that every two vectors of it stand as <see cref="Load"/> gives a weight's; what is left over stands as
        /// it is.</summary>
        static abstract void Arrange(byte* row, Span<float> into);
    }

    private readonly struct Floats : INumbers
    {
        public static int Size => sizeof(float);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector<float> First, Vector<float> Second) Load(byte* numbers, int at) =>
            (Read((float*)numbers + at), Read((float*)numbers + at + Vector<float>.Count));

        public static float At(byte* numbers, int at) => ((float*)numbers)[at];

        public static void Write(byte* numbers, long at, float value) => ((float*)numbers)[at] = value;

        public static void Arrange(byte* row, Span<float> into) => new Span<float>(row, into.Length).CopyTo(into);
    }

    /// <summary>A bfloat16 is the upper half of a float32: of each pair, the second is masked and the first shifted.</summary>
    private readonly struct BFloats : INumbers
    {
        public static int Size => sizeof(ushort);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector<float> First, Vector<float> Second) Load(byte* numbers, int at)
        {
            var pairs = Unsafe.ReadUnaligned<Vector<uint>>((ushort*)numbers + at);
            return (Vector.AsVectorSingle(pairs << 16), Vector.AsVectorSingle(pairs & new Vector<uint>(0xFFFF0000)));
        }

        public static float At(byte* numbers, int at) => BitConverter.UInt32BitsToSingle((uint)((ushort*)numbers)[at] << 16);

        // To the nearest, halves to even, as libtorch does.
        public static void Write(byte* numbers, long at, float value)
        {
            var bits = BitConverter.SingleToUInt32Bits(value);
            ((ushort*)numbers)[at] = (ushort)(float.IsNaN(value) ? 0x7FC0 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }

        public static void Arrange(byte* row, Span<float> into)
        {
            var step = Vector<float>.Count;
            var at = 0;
            for (; at <= into.Length - 2 * step; at += 2 * step)
                for (var i = 0; i < step; i++)
                    (into[at + i], into[at + step + i]) = (At(row, at + 2 * i), At(row, at + 2 * i + 1));
            for (; at < into.Length; at++)
                into[at] = At(row, at);
        }
    }
}
