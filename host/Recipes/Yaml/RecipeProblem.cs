using System.Text.Json.Nodes;

namespace LlmKick.Recipes.Yaml;

/// <summary>One thing that is wrong with a recipe.</summary>
/// <param name="File">The recipe's file, or <c>--set</c>.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What was given, what is wrong, what to do.</param>
internal sealed record RecipeProblem(string File, int Line, int Column, string Message)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";

    /// <summary>The problem as MSBuild's canonical error, which build logs and editors turn into a link.</summary>
    public string ToMsBuild() => $"{File}({Line},{Column}): error LLMKICK001: {Message}";

    /// <summary>The problem for programs.</summary>
    public JsonObject ToJson() => new() { ["file"] = File, ["line"] = Line, ["column"] = Column, ["message"] = Message };
}
