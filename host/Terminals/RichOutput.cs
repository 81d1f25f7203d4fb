using System.Text;
using Spectre.Console;

namespace LlmKick.Terminals;

/// <summary>A terminal that is known to be one: Spectre.Console would ask the console's own writers, which were replaced.</summary>
/// <param name="writer">Writes to it.</param>
internal sealed class RichOutput(TextWriter writer) : IAnsiConsoleOutput
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    public TextWriter Writer => writer;

    public bool IsTerminal => true;

    /// <summary>Characters in a line of the console, as far as it tells.</summary>
    public static int ConsoleWidth => Size(() => Console.BufferWidth, UsualWidth);

    public int Width => ConsoleWidth;

    public int Height => Size(() => Console.WindowHeight, UsualHeight);

    public void SetEncoding(Encoding encoding)
    {
        // The writer has its own, which is UTF-8.
    }

    private static int Size(Func<int> ask, int usual)
    {
        try
        {
            return ask() is > 0 and var size ? size : usual;
        }
        catch (IOException)
        {
            return usual;
        }
    }
}
