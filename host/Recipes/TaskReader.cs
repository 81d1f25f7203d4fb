using LlmKick.Plugins;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Recipes;

/// <summary>Makes tasks of entries.</summary>
internal sealed class TaskReader(ComponentReader components, ProblemList problems)
{
    private readonly NameRegister names = new(problems);

    /// <summary>Makes an entry's tasks: one for each setting that it sweeps.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="hasJudge">Whether the recipe names a judge.</param>
    public IEnumerable<TaskSpec> Read(Entry entry, int seed, bool hasJudge)
    {
        if (entry.Uses.Count > 1)
            problems.Add(entry.Uses[1].Place, "a second task is named, but a task is one: give each an entry of its own.");
        foreach (var stage in components.Read(PluginKind.Task, entry.Uses[0]))
        {
            if (!hasJudge && ((ITask)stage.Use.Component.Create(stage.Use.Options)).NeedsJudge)
                problems.Add(entry.Place, $"'{stage.Use.Component.Name}' has its answers judged, and there is no 'judge:'; add one, such as 'judge: {{ endpoint: {{ model: NAME }} }}', or leave 'judge_prompts' out.");
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
