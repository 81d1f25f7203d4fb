using LlmKick.Plugins;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>Makes tasks of entries.</summary>
/// <param name="components">Reads components.</param>
/// <param name="needs">What tasks may need of the rest of the recipe.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class TaskReader(ComponentReader components, TaskNeeds needs, ProblemList problems)
{
    private readonly NameRegister names = new(problems);

    /// <summary>Makes an entry's tasks: one for each setting that it sweeps.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="seed">The recipe's seed.</param>
    public IEnumerable<TaskSpec> Read(Entry entry, int seed)
    {
        if (entry.Uses.Count > 1)
            problems.Add(entry.Uses[1].Place, "a second task is named, but a task is one: give each an entry of its own.");
        foreach (var stage in components.Read(PluginKind.Task, entry.Uses[0]))
        {
            foreach (var fault in needs.Faults(stage.Use))
                problems.Add(entry.Place, fault);
            foreach (var (value, several) in entry.Seeds(seed))
            {
                var group = SpecName.Derive([stage.Naming], entry.Settings.Name);
                var name = several ? SpecName.WithSeed(group, value) : group;
                names.Add(name, entry.Place);
                yield return new TaskSpec(name, stage.Use, value, several ? group : null);
            }
        }
    }
}
