namespace LlmKick.Transformers.Layers;

/// <summary>What a parameter is.</summary>
internal enum ParameterKind
{
    /// <summary>Any other tensor, such as a scalar or the numbers of an activation function.</summary>
    Other,

    /// <summary>The weight of a linear, [outputs, inputs].</summary>
    Linear,

    /// <summary>The bias of a linear, [outputs].</summary>
    LinearBias,

    /// <summary>The weight of a norm.</summary>
    Norm,

    /// <summary>The bias of a norm.</summary>
    NormBias,

    /// <summary>A table looked up by token or position, [rows, width].</summary>
    Table,
}
