using System.Collections.ObjectModel;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A linear map y = x·Wᵀ + b inside a decoder block: a replaceable operator with an encoding.</summary>
public sealed class Linear
{
    private static readonly IReadOnlyDictionary<string, torch.Tensor> NoParts = ReadOnlyDictionary<string, torch.Tensor>.Empty;

    private IntegerWeight? _integers;
    private bool _isTrial;

    /// <summary>Wraps a weight of a model.</summary>
    /// <param name="name">The name inside the block, such as <c>self_attn.q_proj</c>.</param>
    /// <param name="weight">[outputs, inputs]; stays the model's own. It may be a view into a larger tensor.</param>
    /// <param name="role">What it does in its block, whatever its name.</param>
    /// <param name="expert">The expert that it belongs to, from 0; null where it is every token's.</param>
    public Linear(string name, torch.Tensor weight, LinearRole role = LinearRole.Other, int? expert = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.dim() != 2)
            throw new ArgumentException($"The weight of '{name}' has {weight.dim()} dimensions, not 2.", nameof(weight));
        (Name, Weight, Role, Expert) = (name, weight, role, expert);
    }

    /// <summary>The name inside the block, such as <c>self_attn.q_proj</c>.</summary>
    public string Name { get; }

    /// <summary>What it does in its block.</summary>
    public LinearRole Role { get; }

    /// <summary>The expert that it belongs to, from 0; null where it is every token's.</summary>
    public int? Expert { get; }

    /// <summary>
    /// [outputs, inputs] in the model's dtype. To be read: what is written here leaves codes and scales behind. It changes through
    /// <see cref="Replace(torch.Tensor, LinearEncoding)"/> and its like, <see cref="Prune"/>, <see cref="ScaleColumns"/>,
    /// <see cref="ScaleRows"/> and, for a while, <see cref="Try"/>.
    /// </summary>
    public torch.Tensor Weight { get; }

    /// <summary>How the weight is to be stored and counted.</summary>
    public LinearEncoding Encoding { get; private set; } = LinearEncoding.Dense;

    /// <summary>The integers that the weight was made of; null where it was not quantized. Its tensors are in the CPU's memory and belong
    /// to the linear.</summary>
    public QuantizedWeight? Quantized { get; private set; }

    /// <summary>The tensors that the weight is stored as, by the names of <see cref="LinearEncoding.PartNames"/>; none where its values
    /// are. They are in the CPU's memory and belong to the linear.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> Parts { get; private set; } = NoParts;

    /// <summary>How inputs are rounded, so that the product is one of integers; null where it is one of floats.</summary>
    public ActivationScheme? Activations => _isTrial ? null : Quantized?.Encoding.Activations;

    /// <summary>Everything that the linear holds in tensors.</summary>
    public IEnumerable<torch.Tensor> Tensors => [Weight, .. Parts.Values, .. _integers?.Tensors ?? []];

    /// <summary>Rows of the weight.</summary>
    public int Outputs => (int)Weight.shape[0];

    /// <summary>Columns of the weight.</summary>
    public int Inputs => (int)Weight.shape[1];

    /// <summary>Computes x·Wᵀ as the encoding says: with <see cref="Activations"/>, in integers. Models compute their linears by this, or
    /// by a product of their own where <see cref="Activations"/> is null.</summary>
    /// <param name="input">[…, inputs] in the model's dtype.</param>
    /// <returns>[…, outputs] in the model's dtype, owned by the caller's dispose scope.</returns>
    public torch.Tensor Forward(torch.Tensor input)
    {
        if (_integers is null || _isTrial)
            return LinearProduct.Of(input, Weight);
        using var scope = torch.NewDisposeScope();
        var output = IntegerForward.Run(input.reshape(-1, Inputs), Activations!, _integers, Weight);
        return output.to(input.dtype).view([.. input.shape[..^1], Outputs]).MoveToOuterDisposeScope();
    }

    /// <summary>Puts new values in place of the weight's.</summary>
    /// <param name="weight">[outputs, inputs], any float dtype and device; copied, the caller keeps it.</param>
    /// <param name="encoding">How the new weight is to be stored and counted.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Replace(torch.Tensor weight, LinearEncoding encoding)
    {
        RequireShape(weight);
        using (torch.no_grad())
            Weight.copy_(weight);
        Encoding = encoding;
        Keep(null);
    }

    /// <summary>Puts a quantized weight in place of the weight: what its integers stand for is computed with.</summary>
    /// <param name="quantized">Its tensors are copied; the caller keeps them.</param>
    /// <exception cref="ArgumentException">The shape differs, or the encoding has <see cref="QuantizedEncoding.Activations"/> that its
    /// integers cannot be multiplied with.</exception>
    public void Replace(QuantizedWeight quantized)
    {
        ArgumentNullException.ThrowIfNull(quantized);
        if (quantized.Encoding.Activations is not null)
            IntegerWeight.Require(quantized);
        RequireShape(quantized.Codes);
        using var scope = torch.NewDisposeScope();
        // Copied before the old parts go: it may have some of them.
        var own = new QuantizedWeight(quantized.Encoding, Own(quantized.Codes)!, Own(quantized.Scales)!, Own(quantized.Zeros),
            Own(quantized.ColumnGroups));
        Replace(quantized.Decode(), own.Encoding);
        Keep(own);
    }

    /// <summary>Puts a weight in place that is stored as parts: what they stand for is computed with.</summary>
    /// <param name="encoding">What the parts mean.</param>
    /// <param name="parts">Tensors by the names that the encoding has for them; copied, the caller keeps them.</param>
    /// <exception cref="ArgumentException">The encoding has no such part, or the parts stand for another shape.</exception>
    public void Replace(LinearEncoding encoding, IReadOnlyDictionary<string, torch.Tensor> parts)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Keys.FirstOrDefault(name => !encoding.PartNames.Contains(name)) is { } unknown)
            throw new ArgumentException($"Weights stored as '{encoding.Kind}' have no part '{unknown}'.", nameof(parts));
        if (encoding is QuantizedEncoding quantized)
        {
            Replace(QuantizedWeight.Of(quantized, parts));
            return;
        }
        using var scope = torch.NewDisposeScope();
        var own = parts.ToDictionary(part => part.Key, part => part.Value.to(torch.CPU, copy: true).contiguous());
        Replace(encoding.Decode(own), encoding);
        foreach (var part in own.Values)
            part.DetachFromDisposeScope();
        Parts = own;
    }

    /// <summary>Puts back what the linear had before: nothing is decoded anew.</summary>
    /// <param name="weight">[outputs, inputs], what the parts stand for.</param>
    /// <param name="encoding">How it is stored.</param>
    /// <param name="parts">As <see cref="Parts"/> had them.</param>
    /// <exception cref="EndOfStreamException">The file was cut.</exception>
    public void Restore(SpilledTensor weight, LinearEncoding encoding, IReadOnlyDictionary<string, SpilledTensor> parts)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(parts);
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        weight.ReadInto(Weight);
        var own = parts.ToDictionary(part => part.Key, part => part.Value.Read());
        foreach (var part in own.Values)
            part.DetachFromDisposeScope();
        Encoding = encoding;
        Keep(encoding is QuantizedEncoding quantized && own.Count > 0 ? QuantizedWeight.Of(quantized, own) : null);
        if (Quantized is null)
            Parts = own;
    }

    /// <summary>Takes over another linear's weight, parts and encoding.</summary>
    /// <param name="other">It keeps what it has.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Replace(Linear other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Parts.Count > 0)
            Replace(other.Encoding, other.Parts);
        else
            Replace(other.Weight, other.Encoding);
    }

    /// <summary>Sets weights to zero and leaves the others as they are. A quantized weight stays quantized, where its grid has a zero: what
    /// is removed gets the code of zero.</summary>
    /// <param name="removed">bool [outputs, inputs], true where a weight goes, on any device; the caller keeps it.</param>
    /// <param name="encoding">The form of the zeros.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Prune(torch.Tensor removed, PrunedEncoding encoding)
    {
        if (!removed.shape.SequenceEqual(Weight.shape))
            throw new ArgumentException($"'{Name}' is [{string.Join(", ", Weight.shape)}], what is removed of it "
                + $"[{string.Join(", ", removed.shape)}].", nameof(removed));
        using var scope = torch.NewDisposeScope();
        if (Quantized?.Prune(removed.to(torch.CPU), encoding) is { } quantized)
        {
            Replace(quantized);
            return;
        }
        using (torch.no_grad())
            Weight.masked_fill_(removed.to(Weight.device), Number.Of(0));
        Encoding = encoding;
        Keep(null);
    }

    /// <summary>
    /// Multiplies the weight's columns. Codes stay where the factors are the same for all columns that share a scale, which takes them
    /// over; elsewhere no scale can, and the weight is one of floats from here on: the report of the linear says so.
    /// </summary>
    /// <param name="factors">float32 [inputs], each finite and not 0.</param>
    public void ScaleColumns(torch.Tensor factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        Scale(codes => ScaledCodes.OfColumns(codes, factors), weight => weight.mul_(factors));
    }

    /// <summary>Multiplies the weight's rows. Codes stay and their scales take the factors over, unless scales are too short for that
    /// (powers of two).</summary>
    /// <param name="factors">float32 [outputs], each finite and not 0.</param>
    public void ScaleRows(torch.Tensor factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        Scale(codes => ScaledCodes.OfRows(codes, factors), weight => weight.mul_(factors.unsqueeze(1)));
    }

    /// <summary>As <see cref="ScaleRows"/> by 1 / divisors, but rounded once.</summary>
    internal void DivideRows(torch.Tensor divisors) =>
        Scale(codes => ScaledCodes.OfRows(codes, divisors.reciprocal()), weight => weight.div_(divisors.unsqueeze(1)));

    /// <summary>Computes with other values for a while, as floats: to see what a change would do.</summary>
    /// <param name="weight">[outputs, inputs], any float dtype; copied, the caller keeps it.</param>
    /// <returns>To be disposed: the weight, its codes and its encoding are as before then.</returns>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    /// <exception cref="InvalidOperationException">Other values are being tried already.</exception>
    public IDisposable Try(torch.Tensor weight)
    {
        RequireShape(weight);
        return _isTrial ? throw new InvalidOperationException($"Values are being tried in '{Name}' already.") : new Trial(this, weight);
    }

    private void Scale(Func<QuantizedWeight, QuantizedWeight?> codes, Action<torch.Tensor> values)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        if (Quantized is { } quantized && codes(quantized) is { } scaled)
        {
            Replace(scaled);
            return;
        }
        values(Weight);
        Encoding = Encoding.AsValues;
        Keep(null);
    }

    private void RequireShape(torch.Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (!weight.shape.SequenceEqual(Weight.shape))
            throw new ArgumentException(
                $"'{Name}' is [{string.Join(", ", Weight.shape)}], its replacement [{string.Join(", ", weight.shape)}].", nameof(weight));
    }

    private void Keep(QuantizedWeight? quantized)
    {
        foreach (var part in Parts.Values)
            part.Dispose();
        _integers?.Dispose();
        (Quantized, Parts) = (quantized, quantized?.Parts ?? NoParts);
        _integers = quantized?.Encoding.Activations is null ? null : new IntegerWeight(quantized, Weight.device);
    }

    private static torch.Tensor? Own(torch.Tensor? part) => part?.to(torch.CPU, copy: true).contiguous().DetachFromDisposeScope();

    private sealed class Trial : IDisposable
    {
        private readonly Linear _linear;
        private readonly torch.Tensor _before;

        public Trial(Linear linear, torch.Tensor weight)
        {
            using var noGradient = torch.no_grad();
            (_linear, _before) = (linear, linear.Weight.clone().DetachFromDisposeScope());
            linear.Weight.copy_(weight);
            linear._isTrial = true;
        }

        public void Dispose()
        {
            if (_before.IsInvalid)
                return;
            using var noGradient = torch.no_grad();
            _linear.Weight.copy_(_before);
            _linear._isTrial = false;
            _before.Dispose();
        }
    }
}
