using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>What calibration found out about the inputs of one linear group, and what a solver makes of it.</summary>
/// <remarks>All tensors are float32 on the model's device and live until the group is compressed; clone what must outlive it.</remarks>
public sealed class GroupStatistics
{
    private readonly string _place;
    private readonly bool _hasHessian;

    /// <param name="place">Names the group in messages.</param>
    /// <param name="hasHessian">Whether the method asked for the Hessian.</param>
    /// <param name="probe">What changes of outputs are measured on; null without calibration.</param>
    internal GroupStatistics(string place, bool hasHessian = false, OutputProbe? probe = null) =>
        (_place, _hasHessian, Probe) = (place, hasHessian, probe);

    /// <summary>Calibration tokens that reached the group: for an expert, those that were sent to it; 0 without calibration, and of an
    /// expert that is treated as if nothing were known of its inputs (<see cref="ColdExperts.Rtn"/>).</summary>
    public long Tokens { get; init; }

    /// <summary>Σx² / sequences of each input column, [inputs].</summary>
    /// <exception cref="InvalidOperationException">The method did not ask for <see cref="InputStatistics.ColumnSquares"/>.</exception>
    public torch.Tensor ColumnSquares => Squares ?? throw NotAsked(InputStatistics.ColumnSquares);

    /// <summary>H = 2/sequences · XᵀX, [inputs, inputs], undamped.</summary>
    /// <exception cref="InvalidOperationException">The method did not ask for <see cref="InputStatistics.Hessian"/>.</exception>
    public torch.Tensor Hessian => _hasHessian ? Unknown ?? Probe!.Hessian! : throw NotAsked(InputStatistics.Hessian);

    /// <summary>The inputs, [batch, length, inputs] each, in the model's dtype.</summary>
    /// <exception cref="InvalidOperationException">The method did not ask for <see cref="InputStatistics.Inputs"/>.</exception>
    public IReadOnlyList<torch.Tensor> Inputs => AllInputs ?? throw NotAsked(InputStatistics.Inputs);

    /// <summary>The largest |x| of each input column, [inputs].</summary>
    /// <exception cref="InvalidOperationException">The method did not ask for <see cref="InputStatistics.AbsMax"/>.</exception>
    public torch.Tensor AbsMax => Largest ?? throw NotAsked(InputStatistics.AbsMax);

    /// <summary>The error at each step of a search that the method made for this group, for the report; null where it made none.</summary>
    public IReadOnlyList<double>? SearchErrors { get; set; }

    /// <summary>Inputs that were zero in every token, bool [inputs]: their weights have no effect on the calibration data.</summary>
    /// <returns>Owned by the caller's dispose scope.</returns>
    public torch.Tensor DeadInputs() => Hessian.diagonal().eq(Number.Of(0));

    /// <summary>The damping at which <see cref="InverseFactor"/> succeeded, as a share of the mean diagonal; null before.</summary>
    public double? Damping { get; private set; }

    /// <summary>The damping that the method asked for; null before.</summary>
    internal double? DampingAsked { get; private set; }

    /// <summary>How many inputs were zero in every token; null where that is not known.</summary>
    internal int? DeadCount { get; init; }

    internal torch.Tensor? Squares { get; init; }

    internal torch.Tensor? Largest { get; init; }

    internal IReadOnlyList<torch.Tensor>? AllInputs { get; init; }

    /// <summary>What changes of outputs are measured on; null without calibration.</summary>
    internal OutputProbe? Probe { get; }

    /// <summary>The Hessian where nothing is known of the inputs, the unit matrix; else null.</summary>
    private torch.Tensor? Unknown { get; init; }

    /// <summary>The same, of inputs that nothing is known of: all of one size, and none with another.</summary>
    /// <param name="largest">The largest |x| of each input column that others of its kind saw, float32 [inputs]; null where none
    /// did.</param>
    internal GroupStatistics WithoutInputs(torch.Tensor? largest)
    {
        var like = Squares ?? Largest ?? Probe?.Hessian?.diagonal();
        return new GroupStatistics(_place, _hasHessian, Probe)
        {
            Squares = Squares is null ? null : torch.ones_like(Squares),
            Largest = Largest is null ? null : largest?.clone() ?? torch.ones_like(Largest),
            AllInputs = AllInputs is null ? null : [],
            Unknown = _hasHessian ? torch.eye(like!.shape[0], dtype: torch.float32, device: like.device) : null,
        };
    }

    /// <summary>Divides all that is known of the inputs, after <see cref="LinearGroup.Scale"/>.</summary>
    /// <param name="scales">float32 [inputs], each above 0.</param>
    public void DivideInputs(torch.Tensor scales)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var input in AllInputs ?? [])
            input.div_(scales);
        Squares?.div_(scales.pow(Number.Of(2)));
        Largest?.div_(scales);
        Unknown?.div_(scales).div_(scales.unsqueeze(1));
        Probe?.Divide(scales);
    }

    /// <summary>
    /// The upper Cholesky factor U of the inverse of the damped Hessian, (H + λI)⁻¹ = UᵀU, that SparseGPT and GPTQ solve with.
    /// </summary>
    /// <param name="damping">λ as a share of the mean diagonal. Where that is not positive definite, it is raised tenfold, step by step;
    /// <see cref="Damping"/> says what it came to.</param>
    /// <param name="order">int64 [inputs], the order in which the inputs are solved for; null for their own.</param>
    /// <returns>[inputs, inputs], upper triangular, rows and columns in that order. Dead inputs (<see cref="DeadInputs"/>) have a diagonal
    /// of 1 before damping. Owned by the caller's dispose scope.</returns>
    /// <exception cref="LlmKickException">No damping up to the mean diagonal itself makes the Hessian positive definite.</exception>
    public torch.Tensor InverseFactor(double damping, torch.Tensor? order = null)
    {
        using var scope = torch.NewDisposeScope();
        var ordered = order is null ? Hessian : Hessian.index_select(0, order).index_select(1, order);
        var (factor, used) = DampedInverse.Factor(ordered, damping)
            ?? throw new LlmKickException($"The Hessian of {_place} is not positive definite, even with a damping of its whole mean "
                + $"diagonal. Calibrate with more or other text, or use a method that needs no Hessian.");
        (Damping, DampingAsked) = (used, damping);
        return factor.MoveToOuterDisposeScope();
    }

    private InvalidOperationException NotAsked(InputStatistics statistic) =>
        new($"{statistic} of {_place} was not gathered: ICompressor.Needs does not name it.");
}
