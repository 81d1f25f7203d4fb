using LlmKick.Options;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>Reads the <c>require</c> section.</summary>
/// <param name="binder">Reads its options.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class RequireReader(OptionBinder binder, ProblemList problems)
{
    /// <summary>The section; null where there is none, or it is wrong.</summary>
    public BoundOptions? Read(MapNode root, IReadOnlyList<VariantSpec> variants, IReadOnlyList<TaskSpec> tasks)
    {
        if (root.Find("require") is not { } node)
            return null;
        var bound = binder.Bind("require", OptionSetReader.Read(typeof(RequireSpec)), node, node.Place, new BindRules()).FirstOrDefault();
        if (bound?.Options is not RequireSpec spec)
            return null;
        if (spec.Recovery is not null && variants.Count > 0 && variants.All(variant => variant.Stages.Count > 0))
            problems.Add(node.Place,
                "require: recovery compares with the untouched model, which this recipe does not have: add 'dense' to variants.");
        var names = tasks.Select(task => task.Name).ToList();
        if (names.Count > 0)
            foreach (var unknown in spec.Tasks.Except(names))
                problems.Add(node.Place, $"require: tasks: there is no task '{unknown}'{NearestName.Question(unknown, names)} There are: "
                    + $"{string.Join(", ", names)}.");
        return bound;
    }
}
