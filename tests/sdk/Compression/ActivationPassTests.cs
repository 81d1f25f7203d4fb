using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

/// <summary>The blockwise pass over a model whose earlier blocks round their activations already.</summary>
public sealed class ActivationPassTests
{
    [Fact]
    public void Run_LaterBlocks_SeeTheIntegersOfEarlierOnes()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new TinyLlama(3);
        var seen = new List<float[]>();
        Compress(model, (group, statistics) =>
        {
            if (group.Name == "self_attn.qkv")
                seen.Add(statistics.AbsMax.data<float>().ToArray());
        });
        var hidden =
            model.Embed(torch.tensor(TinyLlama.Calibration().Sequences.SelectMany(s => s.Select(id => (long)id)).ToArray(), [6, 40]));
        for (var index = 0; index < model.BlockCount; index++)
        {
            torch.Tensor? input = null;
            var after = model.Open(index).Forward(hidden,
                (group, x) => input ??= group.Name == "self_attn.qkv" ? x.abs().amax([0, 1]).DetachFromDisposeScope() : null);
            Assert.Equal(input!.data<float>().ToArray(), seen[index]);
            input.Dispose();
            hidden = after;
        }
    }

    [Fact]
    public void Run_RoundedActivations_ChangeWhatLaterBlocksSee()
    {
        float[] Last(bool rounds)
        {
            float[] last = [];
            using var model = new TinyLlama(2);
            Compress(model, (_, statistics) => last = statistics.AbsMax.data<float>().ToArray(), rounds);
            return last;
        }
        Assert.NotEqual(Last(true), Last(false));
    }

    private static void Compress(TinyLlama model, Action<LinearGroup, GroupStatistics> look, bool rounds = true) =>
        BlockwisePass.Run(model, InputStatistics.AbsMax, (group, statistics, _) =>
    {
        look(group, statistics);
        foreach (var linear in group.Linears)
            linear.Replace(Rounded(linear.Weight, rounds));
    }, TestContexts.Compression(TinyLlama.Calibration()));

    private static QuantizedWeight Rounded(torch.Tensor weight, bool rounds)
    {
        var scales = weight.abs().amax([1], keepdim: true) / Number.Of(127);
        var scheme = rounds ? new ActivationScheme { Range = ActivationRange.Token, Bits = 4 } : null;
        return new(new QuantizedEncoding { Format = CodeFormat.Integer, Bits = 8, Symmetric = true, Activations = scheme },
            ((weight / scales).round().add(Number.Of(128), Number.One)).to(torch.uint8), scales);
    }
}
