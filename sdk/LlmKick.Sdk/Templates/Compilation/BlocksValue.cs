using System.Text;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>The variable <c>self</c>, which has the template's blocks.</summary>
internal sealed class BlocksValue(TemplateContext context) : Value
{
    public override string TypeName => "TemplateReference";

    public override string ObjectName => "jinja2.runtime.TemplateReference object";

    public override object? Item(object? key) => Types.Text(key) is { } name && context.Blocks.TryGetValue(name, out var block)
        ? new FunctionValue(new Signature("BlockReference.__call__()"), _ => Render(block), "BlockReference",
            "<jinja2.runtime.BlockReference object>")
        : Missing.Value;

    public override void Represent(StringBuilder text) => text.Append("<TemplateReference None>");

    private object Render(BlockCode block)
    {
        var run = Evaluation.Current;
        var text = block.Render(context, run);
        return run.Autoescape ? new MarkupValue(text) : text;
    }
}
