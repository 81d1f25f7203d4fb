using LlmKick.Sdk.Templates.Compilation;
using LlmKick.Sdk.Templates.Library;
using LlmKick.Sdk.Templates.Syntax;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates;

/// <summary>
/// A template in Jinja's language, which renders as Jinja2 3.1.6 does, to the character: values, operators, filters, tests and messages
/// are Python's. It can be used from several threads at once. What would end a program in Python ends as a <see cref="TemplateException"/>:
/// too many steps, too much text, too deep a recursion.
/// </summary>
/// <remarks>
/// Names are bound by reading the whole template first, as Jinja2 does. Not supported: complex numbers, <c>lipsum</c>, loading other
/// templates, and Unicode names in <c>\N{…}</c> beyond those of common letters, punctuation and symbols.
/// </remarks>
public sealed class Template
{
    private readonly TemplateOptions options;
    private readonly BlockCode root;
    private readonly IReadOnlyDictionary<string, BlockCode> blocks;

    private Template(string source, TemplateOptions options, IReadOnlyList<Statement> body)
    {
        (Source, this.options) = (source, options);
        (root, blocks) = TemplateCompiler.Compile(body, options);
        HasGenerationBlocks = body.SelectMany(part => part.Descendants().Prepend(part))
            .Any(part => part is Statement.CallBlock { Call: null });
    }

    /// <summary>The template's text.</summary>
    public string Source { get; }

    /// <summary>Whether the template marks what the model writes.</summary>
    public bool HasGenerationBlocks { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="source">The template's text.</param>
    /// <param name="options">The environment that it is written for; null for that of chat templates.</param>
    /// <returns>The template, ready to render.</returns>
    /// <exception cref="TemplateException">The text is no template.</exception>
    public static Template Parse(string source, TemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= TemplateOptions.Chat;
        try
        {
            return new Template(source, options, Parser.Parse(source, options));
        }
        catch (PythonError error)
        {
            throw error.At(null);
        }
    }

    /// <summary>Renders the template.</summary>
    /// <param name="variables">
    /// What the template is given: null, booleans, numbers, strings, lists and dictionaries of these, or
    /// <see cref="System.Text.Json.JsonElement"/>.
    /// </param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    /// <returns>The text.</returns>
    /// <exception cref="TemplateException">The template fails or refuses what it is given.</exception>
    public string Render(IReadOnlyDictionary<string, object?> variables, CancellationToken cancellationToken = default) =>
        RenderWithSpans(variables, cancellationToken).Text;

    /// <summary>Renders the template, and notes what its <c>generation</c> blocks write.</summary>
    /// <inheritdoc cref="Render"/>
    public RenderedTemplate RenderWithSpans(IReadOnlyDictionary<string, object?> variables,
        CancellationToken cancellationToken = default) =>
        RenderWithSpans(variables, options.Now, cancellationToken);

    internal RenderedTemplate RenderWithSpans(IReadOnlyDictionary<string, object?> variables, DateTime? now,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var output = new TextSink();
        var run = new Evaluation(options with { Now = now }, cancellationToken) { Root = output };
        run.Run(() =>
        {
            var given = Globals.Create(run.Options);
            foreach (var (name, value) in variables)
                given[name] = FromCaller.Value(value);
            root.Run(new TemplateContext(given, blocks), run, output);
        });
        return new RenderedTemplate(output.ToString(), run.Spans);
    }
}
