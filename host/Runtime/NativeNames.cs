namespace LlmKick.Runtime;

/// <summary>What native libraries are called and where .NET looks for them.</summary>
internal static class NativeNames
{
    /// <summary>The folders that .NET searches, in order, and the one that only the tool knows.</summary>
    public static IEnumerable<string> SearchFolders =>
        ((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string) ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "libtorch"));

    /// <summary>The file name of a library on this system.</summary>
    public static string Library(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
