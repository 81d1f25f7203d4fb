using LlmKick.Sdk.Templates.Values;
namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>A compiled macro.</summary>
internal sealed class MacroCode(FunctionScope scope, IReadOnlyList<int> slots, Executor body)
{
    public required string? Name { get; init; }

    public required IReadOnlyList<string> Parameters { get; init; }

    public required bool TakesCaller { get; init; }

    public required bool TakesNamed { get; init; }

    public required bool TakesRest { get; init; }

    public string Run(IReadOnlyList<object?> values, Frame outer)
    {
        Evaluation.Step();
        for (var i = 0; i < 5; i++)
            Evaluation.Enter();
        var (output, run) = (new TextSink(), outer.Run);
        var (frame, line) = (outer.Inner(scope.Size, output), run.Line);
        for (var i = 0; i < values.Count; i++)
            frame.Slots[slots[i]] = values[i];
        body(frame);
        run.Line = line;
        for (var i = 0; i < 5; i++)
            Evaluation.Leave();
        return output.ToString();
    }
}
