using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Gives tensors of experts, and their routers, the names and stacks of a layout.</summary>
internal static class LayoutOfExperts
{
    /// <summary>The model in a layout.</summary>
    /// <param name="model">The model, as its own folder has it.</param>
    /// <param name="layout">The layout.</param>
    public static ExportedModel In(ExportedModel model, ExpertLayout layout) => layout switch
    {
        ExpertLayout.Experts => model with { Tensors = [.. model.Tensors.Select(tensor => Named(tensor, tensor.Names.Apart) with
        {
            Stack = null,
        })] },
        ExpertLayout.Stacked when IsStacked(model) => model with { Tensors = [.. model.Tensors.Select(tensor => tensor with
        {
            Stack = tensor.PossibleStack,
        })] },
        ExpertLayout.Stacked => model with { Tensors = [.. model.Tensors.Select(tensor => Named(tensor, tensor.Names.Stacked) with
        {
            Stack = tensor.PossibleStack,
        })] },
        _ => model,
    };

    /// <summary>The same where a format stores stacked experts apart: routers get the names that go with it.</summary>
    /// <param name="model">The model, as its own folder has it.</param>
    /// <param name="stored">What the format stores in a way of its own.</param>
    public static ExportedModel Apart(ExportedModel model, IReadOnlySet<ModelTensor> stored) =>
        stored.Any(tensor => tensor.Stack is not null)
            ? model with { Tensors = [.. model.Tensors.Select(tensor => stored.Contains(tensor) ? tensor
                : Named(tensor, tensor.Names.Apart))] }
            : model;

    private static bool IsStacked(ExportedModel model) => model.Tensors.Any(tensor => tensor.Stack is not null);

    private static ModelTensor Named(ModelTensor tensor, string name) => name == tensor.Name ? tensor : tensor with
    {
        Name = name,
        Linear = tensor.Linear is { } linear ? linear with { Name = name[..^".weight".Length] } : null,
    };
}
