namespace LlmKick.Tests;

/// <summary>Models, data and reference results that lie beside a development checkout, in <c>../shared</c>.</summary>
internal static class SharedData
{
    /// <summary>The folder that holds <c>LlmKick.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    private static string Folder => System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryRoot, "..", "shared"));

    /// <summary>Path of a shared file or folder. Skips the test where it is missing; under <c>CI=true</c> that is a failure.</summary>
    public static string Require(string relativePath)
    {
        var path = System.IO.Path.Combine(Folder, relativePath);
        if (File.Exists(path) || Directory.Exists(path))
            return path;
        var reason =
            $"'../shared/{relativePath}' is not here: this test compares with reference results that are not part of the repository.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Skip(reason);
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "LlmKick.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No LlmKick.sln above '{AppContext.BaseDirectory}'.");
    }
}
