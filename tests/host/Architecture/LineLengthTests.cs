using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LlmKick.Tests.Architecture;

/// <summary>Lines of code have at most 140 characters; only a literal that a line break would change may reach beyond.</summary>
public sealed class LineLengthTests
{
    private const int Limit = 140;

    public static TheoryData<string> Parts => ["host", "sdk", "plugins", "tests"];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Lines_OfAPart_AreShort(string part) =>
        Assert.Equal("", string.Join('\n', Files(Path.Combine(SharedData.RepositoryRoot, part)).SelectMany(Long)));

    [Theory]
    [InlineData("var a = \"\"\"{0}\"\"\";", 0)]
    [InlineData("var a = $\"\"\"{0}{{a}}\"\"\";", 0)]
    [InlineData("var a = @\"{0}\";", 1)]
    [InlineData("var a = \"{0}\";", 1)]
    [InlineData("// {0}", 1)]
    [InlineData("var a = \"\"\"b\"\"\"; // {0}", 1)]
    public void Line_OfAKind_IsLongOrExcused(string form, int count) =>
        Assert.Equal(count, Long("a.cs", form.Replace("{0}", new string('b', 80) + " " + new string('b', 80))).Count());

    private static IEnumerable<string> Long(string path) =>
        File.ReadLines(path).Any(line => line.Length > Limit) ? Long(path, File.ReadAllText(path)) : [];

    private static IEnumerable<string> Long(string path, string code)
    {
        var root = CSharpSyntaxTree.ParseText(code).GetRoot();
        return from line in root.GetText().Lines
               where line.Span.Length > Limit && !IsLiteral(root.FindToken(line.Start + Limit))
               select $"{path}:{line.LineNumber + 1}";
    }

    /// <summary>Of a raw literal, or of a word without blanks, such as bytes in base64.</summary>
    private static bool IsLiteral(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken => true,
        SyntaxKind.StringLiteralToken => token.Text.Length > Limit && !token.Text.Contains(' '),
        _ => token.Parent?.AncestorsAndSelf().Any(node => node.GetFirstToken().Kind()
            is SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken) == true,
    };

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
