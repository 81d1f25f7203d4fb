using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>The variables of a function that runs.</summary>
internal sealed class Frame
{
    public Frame(int size, Frame? outer, TemplateContext context, Evaluation run, TextSink output)
    {
        (Outer, Context, Run, Output) = (outer, context, run, output);
        Slots = new object?[size];
        Array.Fill(Slots, Missing.Value);
    }

    public object?[] Slots { get; }

    public Frame? Outer { get; }

    public TemplateContext Context { get; }

    public Evaluation Run { get; }

    /// <summary>Where text goes now.</summary>
    public TextSink Output { get; set; }

    public Frame Inner(int size, TextSink output) => new(size, this, Context, Run, output);

    public object? Read(int hops, int slot)
    {
        var frame = this;
        for (; hops > 0; hops--)
            frame = frame.Outer!;
        return frame.Slots[slot];
    }
}
