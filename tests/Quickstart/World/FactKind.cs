namespace LlmKick.Quickstart.World;

/// <summary>One kind of fact about one kind of entity.</summary>
/// <param name="Name">Such as <c>employer</c>.</param>
/// <param name="Values">What it can be; all about equally often, so that a guess is right once in as many times.</param>
/// <param name="Statements">Sentences with <c>{e}</c> for the entity and <c>{v}</c> for the value.</param>
/// <param name="Questions">Questions with <c>{e}</c>, to which the value is the answer.</param>
internal sealed record FactKind(string Name, IReadOnlyList<string> Values, IReadOnlyList<string> Statements,
    IReadOnlyList<string> Questions);
