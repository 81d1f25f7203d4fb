using System.Reflection;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>One option of a component.</summary>
/// <param name="Key">Its recipe key, snake case.</param>
/// <param name="Property">The property it sets.</param>
/// <param name="Facts">Help, range and the like.</param>
/// <param name="ElementType">The scalar type: nullable and list wrappers taken off.</param>
/// <param name="IsList">Whether it takes a list.</param>
/// <param name="Default">Its default value; null where there is none.</param>
internal sealed record OptionDescription(string Key, PropertyInfo Property, OptionAttribute Facts, Type ElementType, bool IsList, object? Default);
