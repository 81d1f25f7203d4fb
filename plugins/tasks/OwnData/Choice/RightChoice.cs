using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Choice;

/// <summary>Finds out which choice a row means.</summary>
internal static class RightChoice
{
    /// <summary>The place of the right choice, from 0.</summary>
    /// <exception cref="LlmKickException">The answer is none of the choices, or several.</exception>
    public static int Find(string place, IReadOnlyList<string> choices, string answer)
    {
        var same = Enumerable.Range(0, choices.Count).Where(i => AnswerText.Compose(choices[i]) == AnswerText.Compose(answer)).ToArray();
        if (same.Length > 1)
            throw new LlmKickException(
                $"{place}: the right choice '{answer}' is there {same.Length} times; give each choice a text of its own.");
        var found = same.Length == 1 ? same[0] : Letter(answer) ?? Number(answer) ?? -1;
        return found >= 0 && found < choices.Count
            ? found
            : throw new LlmKickException($"{place}: the answer '{answer}' is none of {string.Join(" | ", choices)}; give the choice's "
                + $"text, its letter (A is the first) or its place from 0.");
    }

    private static int? Letter(string answer) => answer is [>= 'A' and <= 'Z' or >= 'a' and <= 'z']
        ? char.ToUpperInvariant(answer[0]) - 'A' : null;

    private static int? Number(string answer) => int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : null;
}
