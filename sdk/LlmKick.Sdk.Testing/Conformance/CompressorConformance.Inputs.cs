using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Testing.Conformance;

/// <content>Empty and hostile inputs.</content>
public abstract partial class CompressorConformance<TPlugin>
{
    /// <summary>Damaged weights are refused with block and linear named; nothing is made of NaN.</summary>
    /// <param name="value">What one weight is.</param>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Compress_WeightThatIsNoNumber_IsRefusedByBlockAndName(float value) => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        using (torch.no_grad())
        using (var last = model.Weight(1, "mlp.up_proj").view(-1).narrow(0, 5, 1))
            last.fill_(Number.Of(value));
        if (ChangesWeights)
            Refusal.Require(() => method.Run(model, TinyLlama.Calibration()), $"A weight of mlp.up_proj in block 1 is {value}", "block 1",
                "mlp.up_proj");
        else
            Refusal.Allow(() => method.Run(model, TinyLlama.Calibration()), $"A weight of mlp.up_proj in block 1 is {value}");
    });

    /// <summary>Activations that are no numbers are refused with the block named, or do not matter.</summary>
    /// <param name="value">What one row of the embedding is.</param>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Compress_InputThatIsNoNumber_IsRefusedOrHarmless(float value) => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        using (torch.no_grad())
            model.Embedding.fill_(Number.Of(value));
        if (method.Needs == InputStatistics.None)
            Refusal.Allow(() => method.Run(model, TinyLlama.Calibration()), $"Activations are {value}");
        else
            Refusal.Require(() => method.Run(model, TinyLlama.Calibration()), $"Activations are {value}", "block 0", "q_proj");
        foreach (var linear in model.Linears)
            WeightCheck.RequireFinite(linear);
    });

    /// <summary>Weights that are all zero stay so.</summary>
    [Fact]
    public void Compress_WeightsOfZero_StayZero() => Each(ElementTypes, (_, method, model) =>
    {
        using (torch.no_grad())
            foreach (var linear in model.Linears)
                linear.Weight.zero_();
        Compress(method, model, "weights of zero");
        foreach (var linear in model.Linears)
            Assert.True(WeightCheck.Sparsity(linear) == 1,
                $"{linear.Name} was all zero and no longer is (or has NaN): look for a division by a norm, scale or range of zero.");
    });

    /// <summary>Activations that are all zero say nothing, which is no reason to fail.</summary>
    [Fact]
    public void Compress_InputsOfZero_StaysFinite() => Each(ElementTypes, (_, method, model) =>
    {
        using (torch.no_grad())
            model.Embedding.zero_();
        Compress(method, model, "activations of zero");
        foreach (var linear in model.Linears)
            WeightCheck.RequireFinite(linear);
    });

    /// <summary>The smallest calibration sets are enough or refused.</summary>
    /// <param name="sequences">Sequences.</param>
    /// <param name="length">Tokens in each.</param>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    public void Compress_TinyCalibration_StaysFiniteOrIsRefused(int sequences, int length) => Each(ElementTypes, (_, method, model) =>
    {
        Refusal.Allow(() => method.Run(model, TinyLlama.Calibration(sequences, length)),
            $"{sequences} calibration sequences of {length} tokens");
        foreach (var linear in model.Linears)
            WeightCheck.RequireFinite(linear);
    });

    /// <summary>A calibration set without sequences, or of sequences without tokens, is refused, or does not matter.</summary>
    /// <param name="sequences">Sequences of no tokens.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Compress_EmptyCalibration_IsRefusedOrHarmless(int sequences) => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        var empty = new CalibrationSet([.. Enumerable.Range(0, sequences).Select(_ => Array.Empty<int>())]);
        if (method.Needs == InputStatistics.None)
            Refusal.Allow(() => method.Run(model, empty), "Calibration without tokens");
        else
            Refusal.Require(() => method.Run(model, empty), "Calibration without tokens", "calibration");
        foreach (var linear in model.Linears)
            WeightCheck.RequireFinite(linear);
    });

    /// <summary>A method that says that it needs no statistics does without calibration; another says that it is missing.</summary>
    [Fact]
    public void Compress_WithoutCalibration_IsAsNeedsSays() => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        if (method.Needs == InputStatistics.None)
            method.Run(model);
        else
            Refusal.Require(() => method.Run(model), "No calibration set", "calibration");
    });
}
