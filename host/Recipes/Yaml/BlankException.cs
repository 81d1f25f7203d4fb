using YamlDotNet.Core;

namespace LlmKick.Recipes.Yaml;

/// <summary>A blank stands where a space must.</summary>
internal sealed class BlankException(Mark place, string message) : YamlException(place, place, message);
