using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export;

/// <summary>The tensors of experts that a model's own folder stacks: they are written as it has them, unless a format stores one of them in
/// a way of its own.</summary>
internal sealed class ExpertStacks
{
    private readonly Dictionary<string, List<ModelTensor>> _whole;

    /// <param name="tensors">All tensors of the model.</param>
    /// <param name="apart">Those that the format stores in a way of its own.</param>
    public ExpertStacks(IEnumerable<ModelTensor> tensors, HashSet<ModelTensor> apart) =>
        _whole = tensors.Where(tensor => tensor.Stack is not null).GroupBy(tensor => tensor.Stack!.Value.Name)
            .Where(stack => !stack.Any(apart.Contains)).ToDictionary(stack => stack.Key, stack => stack.ToList());

    /// <summary>A tensor that is written as floats: by itself, or with all of its stack in place of the first; none for the
    /// others.</summary>
    public IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type, bool own)
    {
        if (tensor.Stack is not var (name, place) || !_whole.TryGetValue(name, out var members))
            yield return FloatTypes.Plan(tensor, type, own);
        else if (members[0] == tensor)
            yield return Whole(name, place.Shape, members, own ? tensor.OwnType ?? type : type);
    }

    private static PlannedTensor Whole(string name, long[] shape, List<ModelTensor> members, ScalarType type) =>
        new(name, SafetensorsDtype.Find(type)!, shape, () =>
        {
            using var scope = NewDisposeScope();
            var all = empty(shape, type);
            foreach (var member in members)
            {
                using var one = NewDisposeScope();
                Rows(all, member).copy_(FloatTypes.Finite(member.Read(type), member.Name, type));
            }
            return all.MoveToOuterDisposeScope();
        });

    /// <summary>A view of where a tensor lies in the whole, in the tensor's own shape.</summary>
    private static Tensor Rows(Tensor all, ModelTensor member)
    {
        var place = member.Stack!.Value.Place;
        var slice = place.Transposed ? all[place.Slice].t() : all[place.Slice];
        return slice.slice(0, place.First, place.First + member.Shape[0] * place.Step, place.Step);
    }
}
