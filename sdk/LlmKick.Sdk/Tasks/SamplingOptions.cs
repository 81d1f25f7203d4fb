using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;

namespace LlmKick.Sdk.Tasks;

/// <summary>The options that tasks share which have texts written: greedily, or drawn.</summary>
public abstract record SamplingOptions : IValidatedOptions
{
    /// <summary>What logits are divided by.</summary>
    [Option("Randomness of answers: 0 takes the most probable token, 1 draws by the model's probabilities. Each answer is drawn by the "
        + "task's seed; `seeds` repeats the task.", Min = 0, Max = 10)]
    public double Temperature { get; init; }

    /// <summary>How many tokens are drawn among.</summary>
    [Option("Draws only among this many most probable tokens; default: all.", Min = 1)]
    public int? TopK { get; init; }

    /// <summary>The share of probability that is drawn among.</summary>
    [Option("Draws only among the most probable tokens that together have this probability.", Min = 0, Max = 1)]
    public double TopP { get; init; } = 1;

    /// <summary>How an answer is drawn.</summary>
    /// <param name="seed">The task's seed.</param>
    /// <param name="sample">The sample's id.</param>
    /// <param name="turn">The answer's place in a conversation, from 0.</param>
    /// <returns>Null where nothing is drawn.</returns>
    public Sampling? SamplingOf(int seed, string sample, int turn = 0) => Temperature > 0
        ? new Sampling { Temperature = Temperature, TopK = TopK, TopP = TopP, Seed = Sampling.SeedOf(seed, sample, turn) }
        : null;

    /// <inheritdoc/>
    public virtual IEnumerable<OptionFault> Validate()
    {
        if (Temperature == 0 && TopK is not null)
            yield return new OptionFault("top_k",
                "with temperature 0 nothing is drawn: give a `temperature` above 0, or leave `top_k` out");
        if (Temperature == 0 && TopP < 1)
            yield return new OptionFault("top_p",
                "with temperature 0 nothing is drawn: give a `temperature` above 0, or leave `top_p` out");
    }
}
