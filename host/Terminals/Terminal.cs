using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace LlmKick.Terminals;

/// <summary>Where verbs write: results to stdout, everything else to stderr.</summary>
/// <remarks>Colour, tables with borders and live progress appear on terminals only, and not with <c>NO_COLOR</c> or
/// <c>TERM=dumb</c>.</remarks>
internal sealed class Terminal
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of JSON, readable in any script.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A log has no width; most show this much of a line.
    private const int PipeWidth = 120;
    // Narrower ones would break every word.
    private const int LeastWidth = 40;

    private readonly Lazy<IAnsiConsole> richOut;
    private readonly Lazy<IAnsiConsole> richError;

    public Terminal()
    {
        richOut = new(() => CreateRich(Out));
        richError = new(() => CreateRich(Error));
    }

    /// <summary>Takes results.</summary>
    public TextWriter Out { get; } = Utf8(Console.Out, Console.OpenStandardOutput);

    /// <summary>Takes everything else.</summary>
    public TextWriter Error { get; } = Utf8(Console.Error, Console.OpenStandardError);

    /// <summary>Whether stdout shows colour and borders.</summary>
    public bool IsOutRich { get; } = IsRich(Console.IsOutputRedirected);

    /// <summary>Whether stderr shows colour and live progress.</summary>
    public bool IsErrorRich { get; } = IsRich(Console.IsErrorRedirected);

    /// <summary>Characters that fit in a line of stdout; enough for most tables where it is no terminal.</summary>
    public int Width => IsOutRich ? RichOut.Profile.Width
        : Console.IsOutputRedirected ? PipeWidth : Math.Max(RichOutput.ConsoleWidth, LeastWidth);

    /// <summary>Where to break lines of text on stdout: nowhere in a pipe, whose reader may want whole ones.</summary>
    public int TextWidth => Console.IsOutputRedirected ? int.MaxValue : Width;

    /// <summary>Stdout for widgets: ask <see cref="IsOutRich"/> first.</summary>
    public IAnsiConsole RichOut => richOut.Value;

    /// <summary>Stderr for widgets: ask <see cref="IsErrorRich"/> first.</summary>
    public IAnsiConsole RichError => richError.Value;

    /// <summary>Writes a line to stderr, above a live display if there is one.</summary>
    public void Tell(string line)
    {
        if (IsErrorRich)
            RichError.WriteLine(line);
        else
            Error.WriteLine(line);
    }

    /// <summary>Makes what libraries write to the console's stderr go through this terminal.</summary>
    public void TakeStandardError() => Console.SetError(IsErrorRich ? new LiveWriter(Tell) : Error);

    /// <summary>Writes a JSON document to stdout.</summary>
    public void WriteJson(JsonNode document) => Out.WriteLine(document.ToJsonString(Indented));

    private static bool IsRich(bool redirected) =>
        !redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";

    // Console encodes for the system's locale, which would lose characters of model output where that is not UTF-8.
    private static TextWriter Utf8(TextWriter console, Func<Stream> open) =>
        console.Encoding.CodePage == Encoding.UTF8.CodePage ? console
            : TextWriter.Synchronized(new StreamWriter(open(), new UTF8Encoding(false)) { AutoFlush = true });

    // Enrichers guess from CI variables and would colour what is piped.
    private static IAnsiConsole CreateRich(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        Out = new RichOutput(writer),
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });
}
