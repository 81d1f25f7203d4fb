using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>A compiled block, or a template's root.</summary>
internal sealed class BlockCode(FunctionScope scope, Executor body)
{
    public void Run(TemplateContext context, Evaluation run, TextSink output)
    {
        Evaluation.Enter();
        body(new Frame(scope.Size, null, context, run, output));
        Evaluation.Leave();
    }

    public string Render(TemplateContext context, Evaluation run)
    {
        var output = new TextSink();
        Run(context, run, output);
        return output.ToString();
    }
}
