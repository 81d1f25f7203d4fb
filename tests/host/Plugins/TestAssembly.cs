using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LlmKick.Tests.Plugins;

/// <summary>Compiles real assemblies for tests.</summary>
internal static class TestAssembly
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> Platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file))]);

    /// <summary>Compiles source text to a dll.</summary>
    /// <param name="path">The dll; its name is the assembly's.</param>
    /// <param name="source">The source text.</param>
    /// <param name="references">Further dlls; one of the same name as a dll of this process takes its place.</param>
    public static string Compile(string path, string source, params string[] references)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var names = references.Select(Path.GetFileName).ToHashSet();
        var all = Platform.Value.Where(reference => !names.Contains(Path.GetFileName(reference.Display)))
            .Concat(references.Select(file => MetadataReference.CreateFromFile(file)));
        var result = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText(source)],
            all,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]))
            .Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }
}
