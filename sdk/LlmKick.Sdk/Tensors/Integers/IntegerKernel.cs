using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LlmKick.Sdk.Tensors.Integers;

/// <summary>The sums of one weight row's products with all rows of activations, by the widest instructions that a processor has. Every form
/// gives the same sums.</summary>
internal abstract unsafe class IntegerKernel
{
    /// <summary>Rows are filled with zeros up to a multiple of this.</summary>
    public const int Padding = 32;

    /// <summary>Rows of activations that are worked on at once.</summary>
    public const int RowsAtOnce = 4;

    /// <summary>The forms that this processor has, the fastest first.</summary>
    public static IReadOnlyList<IntegerKernel> Supported { get; } =
    [
        .. Avx512BW.IsSupported ? (IntegerKernel[])[new Vectorized<Avx512Lanes, Vector512<short>, Vector512<int>>()] : [],
        .. Avx2.IsSupported ? (IntegerKernel[])[new Vectorized<Avx2Lanes, Vector256<short>, Vector256<int>>()] : [],
        new Vectorized<PortableLanes, Vector128<short>, Vector128<int>>(),
    ];

    /// <summary>Σ weight · activation.</summary>
    /// <param name="weight">One padded row.</param>
    /// <param name="activations">Padded rows, a multiple of <see cref="RowsAtOnce"/>.</param>
    /// <param name="length">Of a padded row.</param>
    /// <param name="sums">Takes one sum for each row of activations.</param>
    /// <param name="rows">How many sums are wanted.</param>
    /// <param name="step">From one sum to the next.</param>
    public abstract void Run(short* weight, short* activations, int length, int* sums, int rows, int step);

    private sealed class Vectorized<TLanes, TShorts, TSums> : IntegerKernel
        where TLanes : struct, ILanes<TShorts, TSums>
        where TSums : struct
    {
        public override void Run(short* weight, short* activations, int length, int* sums, int rows, int step)
        {
            var four = stackalloc int[RowsAtOnce];
            for (var row = 0; row < rows; row += RowsAtOnce)
            {
                RunFour(weight, activations + (long)row * length, length, four);
                for (var i = 0; i < RowsAtOnce && row + i < rows; i++)
                    sums[(long)(row + i) * step] = four[i];
            }
        }

        private static void RunFour(short* weight, short* activations, int length, int* sums)
        {
            TSums first = default, second = default, third = default, fourth = default;
            for (var k = 0; k < length; k += TLanes.Width)
            {
                var w = TLanes.Load(weight + k);
                first = TLanes.Add(first, w, TLanes.Load(activations + k));
                second = TLanes.Add(second, w, TLanes.Load(activations + length + k));
                third = TLanes.Add(third, w, TLanes.Load(activations + 2L * length + k));
                fourth = TLanes.Add(fourth, w, TLanes.Load(activations + 3L * length + k));
            }
            (sums[0], sums[1], sums[2], sums[3]) = (TLanes.Total(first), TLanes.Total(second), TLanes.Total(third), TLanes.Total(fourth));
        }
    }
}
