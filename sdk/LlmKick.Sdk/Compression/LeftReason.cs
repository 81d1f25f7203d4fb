namespace LlmKick.Sdk.Compression;

/// <summary>Why a linear is stored with every weight as a float after a method has gone over the model.</summary>
public enum LeftReason
{
    /// <summary>Its role: routers and convolutions are left unless they are named.</summary>
    Role,

    /// <summary>The options select other linears.</summary>
    Selection,

    /// <summary>It is of an expert that too few calibration tokens were sent to, and the recipe says to leave such.</summary>
    Calibration,

    /// <summary>The method was given it and left it as it was.</summary>
    Method,

    /// <summary>It was quantized before, and its grid could not take over the scales of its inputs: its codes are gone.</summary>
    Scaling,
}
