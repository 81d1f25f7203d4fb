namespace LlmKick.Sdk.Tensors.Integers;

/// <summary>Vector instructions that add up products of 16-bit integers, exactly: nothing saturates.</summary>
/// <typeparam name="TShorts">A vector of 16-bit integers.</typeparam>
/// <typeparam name="TSums">A vector of 32-bit sums.</typeparam>
internal unsafe interface ILanes<TShorts, TSums>
{
    /// <summary>Integers in a vector; divides <see cref="IntegerKernel.Padding"/>.</summary>
    static abstract int Width { get; }

    static abstract TShorts Load(short* values);

    static abstract TSums Add(TSums sums, TShorts left, TShorts right);

    static abstract int Total(TSums sums);
}
