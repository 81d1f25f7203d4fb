namespace LlmKick.Sdk.Options;

/// <summary>What an option is to reports, which know no option by its name.</summary>
public enum OptionRole
{
    /// <summary>Nothing besides a setting.</summary>
    None,

    /// <summary>The axis of curves: compressions that differ in nothing else are points of one curve, such as those of a pruner at several
    /// sparsities.</summary>
    Axis,

    /// <summary>Which samples are asked, or how many. It changes no sample, so that runs with other values can be compared, in the samples
    /// that both have.</summary>
    Selection,

    /// <summary>The number of worked examples before each question, which lm-evaluation-harness calls <c>num_fewshot</c>.</summary>
    Shots,
}
