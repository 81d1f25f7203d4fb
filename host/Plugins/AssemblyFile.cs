namespace LlmKick.Plugins;

/// <summary>What an assembly file says of itself, read without loading it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Name">Its simple name.</param>
/// <param name="Version">Its version, which is what references bind to.</param>
/// <param name="InformationalVersion">The version that people see.</param>
/// <param name="SdkVersion">The SDK version that the SDK's build stamped on it.</param>
/// <param name="References">The assemblies it refers to.</param>
internal sealed record AssemblyFile(string Path, string Name, Version Version, string? InformationalVersion, string? SdkVersion,
    IReadOnlyList<AssemblyReferenceName> References)
{
    /// <summary>The version that this assembly was built against of another, if it refers to it.</summary>
    public Version? ReferenceTo(string name) => References.FirstOrDefault(reference => reference.Name == name)?.Version;
}

/// <summary>A reference from one assembly to another.</summary>
/// <param name="Name">The other's simple name.</param>
/// <param name="Version">The version asked for.</param>
internal sealed record AssemblyReferenceName(string Name, Version Version);
