namespace LlmKick.Transformers.Mixers;

/// <summary>How the projections of a gated delta net lie in files, z being its gate, b its strength and a its decay.</summary>
internal enum DeltaLayout
{
    /// <summary>q, k and v in one matrix; z, b and a each in one.</summary>
    Split,

    /// <summary>q, k, v and z in one matrix, b and a in another, in the order of key heads.</summary>
    ByKeyHead,

    /// <summary>q, k, v, z, b, a in one matrix.</summary>
    One,

    /// <summary>Each in one, and a convolution for each of q, k and v.</summary>
    Apart,
}
