using System.Runtime.Intrinsics;

namespace LlmKick.Sdk.Tensors.Integers;

/// <summary>Any processor.</summary>
internal readonly unsafe struct PortableLanes : ILanes<Vector128<short>, Vector128<int>>
{
    public static int Width => Vector128<short>.Count;

    public static Vector128<short> Load(short* values) => Vector128.Load(values);

    public static Vector128<int> Add(Vector128<int> sums, Vector128<short> left, Vector128<short> right)
    {
        var (lowLeft, highLeft) = Vector128.Widen(left);
        var (lowRight, highRight) = Vector128.Widen(right);
        return sums + lowLeft * lowRight + highLeft * highRight;
    }

    public static int Total(Vector128<int> sums) => Vector128.Sum(sums);
}
