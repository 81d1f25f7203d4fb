using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>The linears of a model that its checkpoint has compressed already, as if a compressor had reported them.</summary>
internal static class LoadedLinears
{
    /// <summary>A report of each linear that is not dense, before anything is done to it.</summary>
    public static List<LinearReport> Of(ITransformer? model)
    {
        var reports = new List<LinearReport>();
        for (var i = 0; i < (model?.BlockCount ?? 0); i++)
        {
            using var block = model!.Open(i);
            reports.AddRange(block.Groups.SelectMany(group => group.Linears).Where(linear => linear.Encoding is not DenseEncoding)
                .Select(linear => Report(i, linear)));
        }
        return reports;
    }

    private static LinearReport Report(int block, Linear linear) => new()
    {
        Block = block,
        Linear = linear.Name,
        Shape = linear.Weight.shape,
        Zeros = linear.Encoding.IsPruned ? linear.Weight.numel() - linear.Weight.count_nonzero().item<long>() : 0,
        RelativeFrobenius = 0,
        Encoding = linear.Encoding,
        Seconds = 0,
    };
}
