namespace LlmKick.Quickstart.World;

/// <summary>A person, place or thing with one value for each kind of fact.</summary>
/// <param name="Name">Unique in the world.</param>
/// <param name="Pronoun">She, He or It.</param>
/// <param name="Facts">The kinds of fact it has.</param>
/// <param name="Values">The index of its value of each kind.</param>
internal sealed record Entity(string Name, string Pronoun, IReadOnlyList<FactKind> Facts, IReadOnlyList<int> Values)
{
    public string Value(int fact) => Facts[fact].Values[Values[fact]];
}
