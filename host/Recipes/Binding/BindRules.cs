namespace LlmKick.Recipes.Binding;

/// <summary>What options may be given as, beyond their types.</summary>
/// <param name="Sweeps">Whether a list as the value of a scalar option stands for one value each.</param>
/// <param name="HubNames">Whether <c>org/name</c> may stand for a path.</param>
/// <param name="Addresses">Whether an address, <c>hub:…</c> or <c>https://…</c>, may stand for a path.</param>
/// <param name="OtherKeys">Keys that stand beside the options and are read elsewhere.</param>
internal sealed record BindRules(bool Sweeps = false, bool HubNames = false, bool Addresses = true,
    params IReadOnlyList<string> OtherKeys);
