using LlmKick.Sdk.Options;

namespace LlmKick.Options;

/// <summary>The options of a component, read from its options record.</summary>
/// <param name="Type">The record.</param>
/// <param name="Options">Its options, the required ones first, then in declaration order.</param>
internal sealed record OptionSet(Type Type, IReadOnlyList<OptionDescription> Options)
{
    /// <summary>The option that a single value stands for in place of the record; null where there is none.</summary>
    public OptionDescription? Alone => Options.FirstOrDefault(option => option.Facts.StandsAlone);

    /// <summary>The options of a role.</summary>
    public IEnumerable<OptionDescription> Of(OptionRole role) => Options.Where(option => option.Facts.Role == role);
}
