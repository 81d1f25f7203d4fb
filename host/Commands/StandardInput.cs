using System.Text;

namespace LlmKick.Commands;

/// <summary>Standard input as UTF-8, whatever the system's locale.</summary>
internal static class StandardInput
{
    public static StreamReader Open() => new(Console.OpenStandardInput(), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
}
