using System.Numerics;
using System.Runtime.InteropServices;

namespace LlmKick.Sdk.Tensors.Integers;

/// <summary>Rows of 16-bit integers, filled with zeros to whole vectors.</summary>
internal sealed unsafe class IntegerRows : IDisposable
{
    // The widest vector, and a cache line.
    private const int Alignment = 64;
    private readonly short* _data;

    /// <param name="rows">Rows, none of them set.</param>
    /// <param name="columns">Integers of a row that count.</param>
    public IntegerRows(int rows, int columns)
    {
        (Columns, Length) = (columns, RoundUp(columns, IntegerKernel.Padding));
        var size = (nuint)RoundUp(rows, IntegerKernel.RowsAtOnce) * (nuint)Length * sizeof(short);
        _data = (short*)NativeMemory.AlignedAlloc(size, Alignment);
        NativeMemory.Clear(_data, size);
    }

    public int Columns { get; }

    /// <summary>Integers of a row with those that fill it.</summary>
    public int Length { get; }

    public short* this[int row] => _data + (long)row * Length;

    /// <summary>Sets a row.</summary>
    public void Set(int row, sbyte* values)
    {
        var to = this[row];
        var i = 0;
        for (; i <= Columns - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(Vector.Load(values + i), out var low, out var high);
            low.Store(to + i);
            high.Store(to + i + Vector<short>.Count);
        }
        for (; i < Columns; i++)
            to[i] = values[i];
    }

    /// <summary>Sets a row to codes less their zero.</summary>
    public void Set(int row, byte* codes, byte zero)
    {
        var to = this[row];
        var (i, zeros) = (0, new Vector<short>(zero));
        for (; i <= Columns - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Load(codes + i), out var low, out var high);
            (low.As<ushort, short>() - zeros).Store(to + i);
            (high.As<ushort, short>() - zeros).Store(to + i + Vector<short>.Count);
        }
        for (; i < Columns; i++)
            to[i] = (short)(codes[i] - zero);
    }

    public void Dispose() => NativeMemory.AlignedFree(_data);

    private static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}
