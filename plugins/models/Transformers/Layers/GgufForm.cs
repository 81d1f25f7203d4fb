using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>How a parameter lies in GGUF files where it is not one tensor of the same numbers in the same shape: what it is written as, and
/// how it is made of that again.</summary>
/// <param name="Parts">The tensors of the file.</param>
/// <param name="Join">Makes the parameter of them, into the caller's dispose scope.</param>
internal sealed record GgufForm(IReadOnlyList<GgufPart> Parts, Func<IReadOnlyList<Tensor>, Tensor> Join)
{
    /// <summary>Whether rows of the parts are rows of the parameter, so that what a row is packed to can be moved as it is.</summary>
    public bool MovesRows { get; init; }

    /// <summary>The same numbers in another shape.</summary>
    /// <param name="name">The tensor's name behind the block's.</param>
    /// <param name="own">The parameter's shape.</param>
    /// <param name="shape">That in the file.</param>
    public static GgufForm Shaped(string name, long[] own, params long[] shape) =>
        new([new(name, shape, tensor => tensor.reshape(shape))], parts => parts[0].reshape(own));

    /// <summary>−exp(A) in place of A, which is what recurrent mixers compute with, in some order of heads.</summary>
    /// <param name="name">The tensor's name behind the block's.</param>
    /// <param name="order">For each number of the file the place of the parameter's.</param>
    /// <param name="shape">The shape in the file.</param>
    public static GgufForm Decay(string name, long[] order, params long[] shape) => new(
        [new(name, shape, tensor => tensor.flatten().index_select(0, Places(order, tensor)).exp().neg().reshape(shape))],
        parts => parts[0].neg().log().reshape(order.Length) is var own ? own.index_select(0, Inverse(order, own)) : own);

    /// <summary>Rows in another order, cut into several tensors.</summary>
    /// <param name="own">The parameter's shape.</param>
    /// <param name="order">For each row of the file the row of the parameter.</param>
    /// <param name="parts">The names of the tensors behind the block's, with their shapes.</param>
    public static GgufForm OfRows(long[] own, long[] order, params IReadOnlyList<(string Name, long[] Shape)> parts)
    {
        var first = 0L;
        var cut = new List<GgufPart>();
        foreach (var (name, shape) in parts)
        {
            var places = order[(int)first..(int)(first + shape[0])];
            // Packed rows have other widths than the parameter's, and are left flat.
            cut.Add(new(name, shape, tensor => tensor.index_select(0, Places(places, tensor)) is var rows
                && rows.numel() == shape.Aggregate(1L, (product, size) => product * size) ? rows.reshape(shape) : rows));
            first += shape[0];
        }
        return new(cut, tensors => cat([.. tensors.Select(tensor => tensor.reshape([tensor.shape[0], .. own.Skip(1)]))], 0) is var rows
            ? rows.index_select(0, Inverse(order, rows)) : rows) { MovesRows = true };
    }

    /// <summary>Columns in another order.</summary>
    /// <param name="name">The tensor's name behind the block's.</param>
    /// <param name="own">The parameter's shape.</param>
    /// <param name="order">For each column of the file the column of the parameter.</param>
    public static GgufForm OfColumns(string name, long[] own, long[] order) => new(
        [new(name, own, tensor => tensor.index_select(1, Places(order, tensor)))],
        parts => parts[0].index_select(1, Inverse(order, parts[0])));

    /// <summary>A parameter, and beside it tensors that llama.cpp wants and does not compute with: of zeros, or of ones where it has one
    /// dimension.</summary>
    /// <param name="name">The tensor's name behind the block's.</param>
    /// <param name="own">The parameter's shape.</param>
    /// <param name="others">The names of the others behind the block's, with their rows.</param>
    public static GgufForm Beside(string name, long[] own, params IReadOnlyList<(string Name, long Rows)> others) => new(
        [
            new(name, own, tensor => tensor),
            .. others.Select(other => new GgufPart(other.Name, [other.Rows, .. own.Skip(1)], tensor => own.Length == 1
                ? ones([other.Rows], tensor.dtype, tensor.device)
                : zeros([other.Rows, .. tensor.shape.Skip(1)], tensor.dtype, tensor.device))),
        ], parts => parts[0]) { MovesRows = true };

    /// <summary>More rows than the parameter has, as its first one.</summary>
    /// <param name="name">The tensor's name behind the block's.</param>
    /// <param name="own">The parameter's shape.</param>
    /// <param name="rows">Those in the file.</param>
    public static GgufForm Lengthened(string name, long[] own, long rows) => new(
        [new(name, [rows, .. own.Skip(1)], tensor => cat([tensor, tensor.narrow(0, 0, 1).expand([rows - own[0], .. own.Skip(1)])], 0))],
        parts => parts[0].narrow(0, 0, own[0]));

    /// <summary>Rows multiplied by what the family multiplies their outputs by, for which GGUF metadata have no key: a file that is read
    /// has them so already.</summary>
    /// <param name="name">The tensor's name behind the block's.</param>
    /// <param name="own">The parameter's shape.</param>
    /// <param name="factors">For so many rows each, from the first on.</param>
    public static GgufForm Multiplied(string name, long[] own, params IReadOnlyList<(long Rows, double Factor)> factors) => new(
        [new(name, own, tensor => tensor * cat([.. factors.Select(part => full([part.Rows, .. own.Skip(1).Select(_ => 1L)],
            Number.Of(part.Factor), tensor.dtype, tensor.device))], 0))], parts => parts[0]);

    private static Tensor Places(long[] order, Tensor beside) => tensor(order, ScalarType.Int64, beside.device);

    private static Tensor Inverse(long[] order, Tensor beside) => argsort(Places(order, beside));
}

/// <summary>A tensor of a GGUF file.</summary>
/// <param name="Name">Its name behind the block's, or its whole name where it is in none.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Take">Makes it of the parameter.</param>
internal sealed record GgufPart(string Name, long[] Shape, Func<Tensor, Tensor> Take);
