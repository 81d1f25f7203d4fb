namespace LlmKick.Sdk.Testing;

/// <summary>What a plugin can offer.</summary>
public enum ComponentKind
{
    /// <summary>A compression method.</summary>
    Compressor,

    /// <summary>A kind of model.</summary>
    Model,

    /// <summary>A task.</summary>
    Task,

    /// <summary>A format that models are saved in.</summary>
    CheckpointFormat,

    /// <summary>A way in which linears are stored.</summary>
    Encoding,

    /// <summary>A kind of request.</summary>
    Request,

    /// <summary>A section of reports.</summary>
    ReportSection,
}
