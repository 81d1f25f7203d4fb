using LlmKick.Sdk.Compression;

namespace LlmKick.Sdk.Testing.Conformance;

/// <content>Models with experts.</content>
public abstract partial class CompressorConformance<TPlugin>
{
    /// <summary>Experts that few tokens reach or none stay finite; routers are left unless they are named; every byte is compressed or left
    /// with a reason.</summary>
    [Fact]
    public void Compress_Experts_StayFiniteAndAreAccountedFor()
    {
        foreach (var test in ChangesWeights ? Cases : [])
        {
            using var model = new TinyExperts(Blocks);
            var reports = Method(test).Run(model, TinyLlama.Calibration());
            foreach (var linear in model.Linears)
                WeightCheck.RequireFinite(linear);
            foreach (var (report, linear) in reports.Zip(model.Linears))
                Assert.True(linear.Encoding is DenseEncoding == report.Left is not null,
                    $"{linear.Name} is {linear.Encoding}, and its report says that it was left for the reason '{report.Left}': change "
                    + $"weights through Linear's methods, in groups that BlockwisePass gives.");
            Assert.True(model.Linears.Where(l => l.Role == LinearRole.Router).All(l => l.Encoding is DenseEncoding),
                "The router was compressed and nobody named it: ask LinearCompressor.Selects or LinearPlace.IsLeftByRole.");
        }
    }

    /// <summary>What a quantized linear computes with is what its codes stand for: stored blocks and files have the codes alone.</summary>
    [Fact]
    public void Compress_Codes_StandForTheWeights() => Each(ElementTypes, (_, method, model) =>
    {
        Compress(method, model);
        foreach (var linear in model.Linears)
            WeightCheck.RequireInStep(linear);
    });
}
