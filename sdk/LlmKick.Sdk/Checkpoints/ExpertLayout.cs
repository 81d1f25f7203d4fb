namespace LlmKick.Sdk.Checkpoints;

/// <summary>How a folder has the experts of a layer.</summary>
public enum ExpertLayout
{
    /// <summary>As the model's own folder has them.</summary>
    Source,

    /// <summary>A tensor a linear of each expert: <c>mlp.experts.0.gate_proj.weight</c>.</summary>
    Experts,

    /// <summary>All experts of a layer in one tensor: <c>mlp.experts.gate_up_proj</c>, [experts, outputs, inputs] in most
    /// families.</summary>
    Stacked,
}
