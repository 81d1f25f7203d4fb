namespace LlmKick.Sdk.Options;

/// <summary>Options whose values must fit each other, beyond what <see cref="OptionAttribute"/> can say of one.</summary>
public interface IValidatedOptions
{
    /// <summary>Finds everything that is wrong with the combination.</summary>
    /// <returns>For each fault the recipe key it is about and a sentence: what is wrong and what to do. Empty when all is well.</returns>
    IEnumerable<OptionFault> Validate();
}
