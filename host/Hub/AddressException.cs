using LlmKick.Sdk;

namespace LlmKick.Hub;

/// <summary>Addresses at which there is nothing for whoever asks.</summary>
/// <param name="faults">Each with a sentence.</param>
/// <param name="cause">What led to it.</param>
internal sealed class AddressException(IReadOnlyList<(RemoteAddress Address, string Sentence)> faults, Exception? cause = null)
    : LlmKickException(string.Join(" ", faults.Select(fault => fault.Sentence)), cause!)
{
    /// <summary>The addresses, each with a sentence.</summary>
    public IReadOnlyList<(RemoteAddress Address, string Sentence)> Faults => faults;
}
