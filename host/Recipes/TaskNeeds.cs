using LlmKick.Sdk.Tasks;

namespace LlmKick.Recipes;

/// <summary>What tasks may need of the rest of the recipe.</summary>
/// <param name="hasJudge">Whether it names a judge.</param>
/// <param name="variants">Its variants; none where they are all wrong.</param>
internal sealed class TaskNeeds(bool hasJudge, IReadOnlyList<VariantSpec> variants)
{
    /// <summary>What a task needs that is not there, each a sentence.</summary>
    public IEnumerable<string> Faults(ComponentUse use)
    {
        var (task, name) = ((ITask)use.Component.Create(use.Options), use.Component.Name);
        if (task.NeedsJudge && !hasJudge)
            yield return $"'{name}' has its answers judged, and there is no 'judge:'; add one, such as 'judge: {{ endpoint: {{ model: NAME "
                + $"}} }}', or leave 'judge_prompts' out.";
        if (task.NeedsReference && variants
            .FirstOrDefault(variant => variant.Stages.Count > 0 && !variants.Any(other => IsDenseOf(other, variant))) is { } alone)
            yield return $"'{name}' compares with the untouched model's answers, and no variant is the untouched model that '{alone.Name}' "
                + $"starts from: add '- dense' to 'variants', with the same 'model:' where that is its own.";
    }

    /// <summary>Whether a variant is untouched and of the same model, as far as the recipe tells: files may be equal under two
    /// names.</summary>
    private static bool IsDenseOf(VariantSpec dense, VariantSpec variant) =>
        dense.Stages.Count == 0 && dense.Model.Component == variant.Model.Component
            && Paths(dense.Model).SequenceEqual(Paths(variant.Model));

    private static IEnumerable<object?> Paths(ComponentUse model) =>
        model.Component.Options.Options.Where(option => option.Facts.IsPath).Select(option => option.Property.GetValue(model.Options));
}
