using System.Reflection;

namespace LlmKick.Terminals;

/// <summary>The version of this tool: its package's, and the commit that it was built from.</summary>
internal static class ToolVersion
{
    /// <summary>All of it, such as <c>0.2.0-alpha.0.7+1a2b3c4d5</c>.</summary>
    public static string Full { get; } =
        AppContext.GetData("LlmKick.Version") as string
        ?? typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The package's version.</summary>
    public static string Package { get; } = Full.Split('+')[0];
}
