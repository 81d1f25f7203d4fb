using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LlmKick.Sdk.Tensors.Integers;

/// <summary>AVX-512 (BW).</summary>
internal readonly unsafe struct Avx512Lanes : ILanes<Vector512<short>, Vector512<int>>
{
    public static int Width => Vector512<short>.Count;

    public static Vector512<short> Load(short* values) => Vector512.Load(values);

    public static Vector512<int> Add(Vector512<int> sums, Vector512<short> left, Vector512<short> right) =>
        sums + Avx512BW.MultiplyAddAdjacent(left, right);

    public static int Total(Vector512<int> sums) => Vector512.Sum(sums);
}
