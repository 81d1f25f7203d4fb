using LlmKick.Options;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>Reads <c>save:</c> of a variant: one checkpoint, or a list of them.</summary>
/// <param name="formats">What models can be saved in.</param>
/// <param name="binder">Reads their options.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class SaveReader(IReadOnlyList<ICheckpointWriter> formats, OptionBinder binder, ProblemList problems)
{
    private static readonly OptionSet Options = OptionSetReader.Read(typeof(SaveSpec));

    /// <summary>What models can be saved in.</summary>
    public IReadOnlyList<ICheckpointWriter> Formats => formats;

    /// <summary>Reads what is to be saved.</summary>
    /// <param name="node">The node; null where nothing is.</param>
    /// <param name="model">The model; null where it is wrong.</param>
    public IReadOnlyList<SaveSpec> Read(Node? node, ComponentUse? model)
    {
        IReadOnlyList<Node> nodes = node switch { null => [], ListNode list => list.Items, _ => [node] };
        var saves = nodes.Select(one => ReadOne(one, model)).OfType<SaveSpec>().ToList();
        foreach (var twice in saves.GroupBy(save => save.Name).Where(group => group.Count() > 1))
            problems.Add(node!.Place, $"save: '{twice.Key}' is asked for twice: keep one, or give them different types.");
        return saves;
    }

    private SaveSpec? ReadOne(Node node, ComponentUse? model)
    {
        if (binder.Bind("save", Options, node, node.Place, new BindRules()).FirstOrDefault()?.Options is not SaveSpec spec)
            return null;
        if (model is not null)
            Check(spec, model, (MapNode)node);
        return ((MapNode)node).Find("path") is ScalarNode { IsNull: false } path ? spec with { Path = LocalPath.Resolve(path) } : spec;
    }

    private void Check(SaveSpec spec, ComponentUse model, MapNode node)
    {
        var names = formats.Select(writer => writer.Format.Name).ToList();
        if (((IModelLoader)model.Component.Create(model.Options)).Checkpoints is null)
            problems.Add(node.Place, $"save: models of '{model.Component.Name}' cannot be written: leave 'save' out.");
        else if (formats.FirstOrDefault(writer => writer.Format.Name == spec.Format)?.Format is not { } known)
            problems.Add(node.Find("format")!.Place, $"save: '{spec.Format}' is not a format{NearestName.Question(spec.Format, names)} "
                + $"There are: {string.Join(", ", names)}.");
        else if (spec.Type is { } type && !known.Types.Contains(type, StringComparer.OrdinalIgnoreCase))
            problems.Add(node.Find("type")!.Place, $"save: '{type}' is not a type of {known.Name}{NearestName.Question(type, known.Types)} "
                + $"{(known.Types.Count == 0 ? "It leaves no choice." : $"There are: {string.Join(", ", known.Types)}.")}");
    }
}
