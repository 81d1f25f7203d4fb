using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LlmKick.Sdk.Tensors.Integers;

/// <summary>AVX2. Its product of 8-bit integers saturates, that of 16-bit ones does not.</summary>
internal readonly unsafe struct Avx2Lanes : ILanes<Vector256<short>, Vector256<int>>
{
    public static int Width => Vector256<short>.Count;

    public static Vector256<short> Load(short* values) => Vector256.Load(values);

    public static Vector256<int> Add(Vector256<int> sums, Vector256<short> left, Vector256<short> right) =>
        sums + Avx2.MultiplyAddAdjacent(left, right);

    public static int Total(Vector256<int> sums) => Vector256.Sum(sums);
}
