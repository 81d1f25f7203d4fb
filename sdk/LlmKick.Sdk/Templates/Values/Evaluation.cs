using System.Runtime.CompilerServices;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>One rendering: its limits, and what it notes on the way. Everything it does is on one thread.</summary>
internal sealed class Evaluation(TemplateOptions options, CancellationToken cancellationToken)
{
    [ThreadStatic]
    private static Evaluation? current;

    private long steps = options.MaxSteps;
    private long text = options.MaxText;
    private int depth;

    public static Evaluation Current => current ?? throw new InvalidOperationException("No template is being rendered on this thread.");

    public TemplateOptions Options => options;

    /// <summary>The line of the template that runs.</summary>
    public int? Line { get; set; }

    public bool Autoescape { get; set; } = options.Autoescape;

    public List<TextSpan> Spans { get; } = [];

    public Random Random { get; } = new(0);

    public required TextSink Root { get; init; }

    /// <summary>Does something as this rendering.</summary>
    public void Run(Action action)
    {
        var before = current;
        current = this;
        try
        {
            action();
        }
        catch (PythonError error)
        {
            throw error.At(Line);
        }
        finally
        {
            current = before;
        }
    }

    /// <summary>Counts work.</summary>
    public static void Step(long count = 1) => current?.Count(count);

    /// <summary>Counts characters, or what takes as much room.</summary>
    public static void Text(long count)
    {
        if (current is not { } run)
            return;
        run.Count(1 + (count >> 5));
        if ((run.text -= count) < 0)
            throw new PythonError("MemoryError", $"The template makes more than {run.Options.MaxText} characters.");
    }

    /// <summary>Goes a call deeper: every call, and every look into what holds other values.</summary>
    public static void Enter()
    {
        CheckStack();
        if (current is { } run && ++run.depth > 5 * run.Options.MaxDepth)
            throw PythonError.Recursion();
    }

    /// <summary>Ends what would run out of stack.</summary>
    public static void CheckStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw PythonError.Recursion();
    }

    public static void Leave()
    {
        if (current is { } run)
            run.depth--;
    }

    public UndefinedValue Undefined(string? hint = null, object? owner = null, object? name = null, bool hasOwner = false) =>
        new(options.Undefined, hint, hasOwner ? owner : Missing.Value, name);

    private void Count(long count)
    {
        if ((steps -= count) < 0)
            throw new PythonError("TimeoutError", $"The template takes more than {Options.MaxSteps} steps.");
        if ((steps & 0x3ff) < count)
            cancellationToken.ThrowIfCancellationRequested();
    }
}
