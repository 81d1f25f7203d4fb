using LlmKick.Options;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Recipes;

/// <summary>Reads the <c>references</c> of a recipe.</summary>
/// <param name="binder">Reads their options.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class ReferencesReader(OptionBinder binder, ProblemList problems)
{
    private const string Name = "references";
    private static readonly OptionSet Options = OptionSetReader.Read(typeof(ReferenceSpec));

    /// <summary>The references, each with its metric named, and as they are written; those that are wrong are left out.</summary>
    public IReadOnlyList<(ReferenceSpec Spec, BoundOptions Bound)> Read(MapNode root, IReadOnlyList<VariantSpec> variants,
        IReadOnlyList<TaskSpec> tasks)
    {
        if (root.Find(Name) is not { } node)
            return [];
        if (node is not ListNode list)
        {
            problems.Add(node.Place, $"{Name}: {OptionBinder.Describe(node)} is not a list: write one with an item for each printed "
                + $"number, such as - {{ variant: dense, task: NAME, value: 0.5 }}.");
            return [];
        }
        return [.. list.Items.SelectMany(item => binder.Bind(Name, Options, item, item.Place, new BindRules())
            .Select(bound => (Checked((ReferenceSpec)bound.Options, item, variants, tasks), bound)))];
    }

    private ReferenceSpec Checked(ReferenceSpec spec, Node item, IReadOnlyList<VariantSpec> variants, IReadOnlyList<TaskSpec> tasks)
    {
        Require(item, "variant", spec.Variant, [.. variants.Select(variant => variant.Name)]);
        Require(item, "task", spec.Task, [.. tasks.Select(task => task.Name)]);
        if (tasks.FirstOrDefault(task => task.Name == spec.Task) is not { Task: var use })
            return spec;
        var metrics = ((ITask)use.Component.Create(use.Options)).Metrics.Select(metric => metric.Name).ToList();
        if (spec.Metric is { } metric)
            Require(item, "metric", metric.Split('/', 2)[0], metrics);
        return spec with { Metric = spec.Metric ?? metrics.FirstOrDefault() };
    }

    /// <summary>Says what there is where a name is not; where nothing is, something else is wrong and was told.</summary>
    private void Require(Node item, string kind, string name, List<string> known)
    {
        if (known.Count > 0 && !known.Contains(name))
            problems.Add(item.Place, $"{Name}: there is no {kind} '{name}'{NearestName.Question(name, known)} There are: "
                + $"{string.Join(", ", known)}.");
    }
}
