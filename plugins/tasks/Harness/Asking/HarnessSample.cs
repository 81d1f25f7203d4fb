using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Harness.Definitions;
using LlmKick.Harness.Rows;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Harness.Asking;

/// <summary>A row of a task with everything that is asked of it.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Number">The row's number in its split.</param>
/// <param name="Doc">The row.</param>
internal sealed record HarnessSample(string Task, int Number, JsonNode? Doc)
    : Sample(string.Create(CultureInfo.InvariantCulture, $"{Task}/{Number}"))
{
    /// <summary>The task.</summary>
    internal required TaskDefinition Definition { get; init; }

    /// <summary>The row.</summary>
    internal required Row Row { get; init; }

    /// <summary>Rows of the split, those beyond a limit included.</summary>
    internal required int SplitRows { get; init; }

    /// <summary>The groups that the task belongs to.</summary>
    internal IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The right answer as the file gives it: number, text or list.</summary>
    internal required object? Gold { get; init; }

    /// <summary>The choices, where there are some.</summary>
    internal IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The number of the right context, where there are several.</summary>
    internal long? RightContext { get; init; }

    /// <summary>What is scored.</summary>
    internal IReadOnlyList<ScoredPair> Pairs { get; init; } = [];

    /// <summary>The windows of a text that is scored whole.</summary>
    internal IReadOnlyList<(IReadOnlyList<int> Context, IReadOnlyList<int> Scored)> Windows { get; init; } = [];

    /// <summary>The text that is answered.</summary>
    internal string Context { get; init; } = "";

    /// <summary>Tokens of that text before its start was cut off.</summary>
    internal int ContextTokens { get; init; }

    /// <summary>What is asked.</summary>
    internal required IReadOnlyList<Request> Requests { get; init; }

    /// <summary>For each thing asked of each pair its request, and its place there.</summary>
    internal IReadOnlyList<IReadOnlyList<(int Request, int Place)>> Places { get; init; } = [];

    /// <inheritdoc/>
    public override string Target => Python.PythonText.Str(Gold);
}
