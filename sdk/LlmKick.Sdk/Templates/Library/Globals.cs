using System.Numerics;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>What every template is given.</summary>
internal static class Globals
{
    /// <summary>What the reference's messages put before the functions of chat templates.</summary>
    public const string Owner = "_cached_compile_jinja_template.<locals>.";

    // As Jinja2's sandbox has it.
    private const int MaxRange = 100_000;

    private static readonly Signature RaiseSignature = new(Owner + "raise_exception(message)");
    private static readonly Signature ClockSignature = new(Owner + "strftime_now(format)");
    private static readonly Signature JoinerSignature = new("Joiner.__init__(self, sep=', ')");

    public static Dictionary<string, object?> Create(TemplateOptions options)
    {
        var chat = options.ChatFunctions;
        var globals = new Dictionary<string, object?>
        {
            ["range"] = options.Sandbox == SandboxKind.None ? new TypeValue("<class 'range'>", "type", Range)
                : Function("safe_range", Range),
            ["lipsum"] = Function("generate_lorem_ipsum",
                _ => throw new PythonError("NotImplementedError", "lipsum() gives other words each time and is not supported.")),
            ["cycler"] = new TypeValue("<class 'jinja2.utils.Cycler'>", "type", arguments => arguments.Positional.Count > 0
                ? new CyclerValue(arguments.Positional) : throw new PythonError("RuntimeError", "at least one item has to be provided")),
            ["joiner"] = new TypeValue("<class 'jinja2.utils.Joiner'>", "type",
                arguments => new JoinerValue(JoinerSignature.Bind(arguments.Prepend(null))[1])),
            ["namespace"] = new TypeValue(chat ? "<class 'transformers.utils.chat_template_utils.TemplateNamespace'>"
                : "<class 'jinja2.utils.Namespace'>", "type", arguments => NamespaceValue.Create(Dict(arguments), chat)),
            ["dict"] = new TypeValue("<class 'dict'>", "type", Dict, name => name == "fromkeys" ? FromKeys() : null),
        };
        if (!chat)
            return globals;
        globals["raise_exception"] =
            Function("raise_exception", arguments => throw PythonError.Template(Representation.Text(RaiseSignature.Bind(arguments)[0])));
        globals["strftime_now"] = Function("strftime_now", arguments => Clock(ClockSignature.Bind(arguments)[0], options));
        return globals;
    }

    private static TypeValue Function(string name, Func<CallArguments, object?> body) => new($"<function {name}>", "function", body);

    private static FunctionValue FromKeys() =>
        new(new Signature("fromkeys(iterable, value=None, /)"), a => DictMethods.FromKeys(a[0], a[1]));

    private static DictValue Dict(CallArguments arguments)
    {
        if (arguments.Positional.Count > 1)
            throw PythonError.Type($"dict expected at most 1 argument, got {arguments.Positional.Count}");
        var dict = new DictValue();
        if (arguments.Positional is [null])
            throw PythonError.Type("'NoneType' object is not iterable");
        DictMethods.Update(dict, arguments.Positional.FirstOrDefault(), arguments.Named);
        return dict;
    }

    private static RangeValue Range(CallArguments arguments)
    {
        if (arguments.Named.Count > 0)
            throw PythonError.Type("range() takes no keyword arguments");
        var bounds = arguments.Positional.Select(Types.Index).ToList();
        if (bounds.Count is 0 or > 3)
            throw PythonError.Type(
                $"range expected at {(bounds.Count == 0 ? "least 1 argument" : "most 3 arguments")}, got {bounds.Count}");
        var (start, stop, step) = bounds.Count == 1 ? (BigInteger.Zero, bounds[0], BigInteger.One)
            : (bounds[0], bounds[1], bounds.Count == 3 ? bounds[2] : BigInteger.One);
        if (step.IsZero)
            throw PythonError.Value("range() arg 3 must not be zero");
        return RangeValue.Count(start, stop, step) <= MaxRange ? new RangeValue(start, stop, step)
            : throw PythonError.Overflow($"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({MaxRange}).");
    }

    private static string Clock(object? format, TemplateOptions options)
    {
        var text = Types.Text(format) ?? throw PythonError.Type($"strftime() argument 1 must be str, not {Types.Name(format)}");
        var written = ClockText.Format(options.Now ?? DateTime.Now, text);
        Evaluation.Text(written.Length);
        return written;
    }
}
