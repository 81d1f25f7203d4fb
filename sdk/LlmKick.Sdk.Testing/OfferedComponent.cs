namespace LlmKick.Sdk.Testing;

/// <summary>One thing that a plugin offers.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in recipes.</param>
/// <param name="Help">Its one line of description.</param>
/// <param name="OptionsType">The type of its options; <see cref="object"/> where it has none.</param>
/// <param name="Create">Makes it from options of that type: the <see cref="Type"/> of an encoding.</param>
public sealed record OfferedComponent(ComponentKind Kind, string Name, string Help, Type OptionsType, Func<object, object> Create);
