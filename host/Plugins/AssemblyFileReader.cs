using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LlmKick.Plugins;

/// <summary>Reads assembly files as data: nothing is loaded and no code runs.</summary>
internal static class AssemblyFileReader
{
    /// <summary>The key of the stamp that the SDK's build puts on every plugin.</summary>
    public const string SdkVersionKey = "LlmKickSdkVersion";

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadImageFormatException">It is no .NET assembly, or only a part of one.</exception>
    public static AssemblyFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var image = new PEReader(stream);
            if (!image.HasMetadata)
                throw new BadImageFormatException("It has no .NET metadata.", path);
            return Describe(path, image.GetMetadataReader());
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new BadImageFormatException("Its .NET metadata cannot be read.", path, failure);
        }
    }

    /// <summary>Reads a file, or gives null where it is no .NET assembly.</summary>
    public static AssemblyFile? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static AssemblyFile Describe(string path, MetadataReader metadata)
    {
        if (!metadata.IsAssembly)
            throw new BadImageFormatException("It is a module, not an assembly.", path);
        var definition = metadata.GetAssemblyDefinition();
        return new AssemblyFile(
            path,
            metadata.GetString(definition.Name),
            definition.Version,
            Attributes(metadata, nameof(AssemblyInformationalVersionAttribute), 1).FirstOrDefault()?[0],
            Attributes(metadata, nameof(AssemblyMetadataAttribute), 2).FirstOrDefault(pair => pair[0] == SdkVersionKey)?[1],
            [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
                .Select(reference => new AssemblyReferenceName(metadata.GetString(reference.Name), reference.Version))]);
    }

    private static IEnumerable<string?[]> Attributes(MetadataReader metadata, string type, int arguments) =>
        from handle in metadata.GetAssemblyDefinition().GetCustomAttributes()
        let attribute = metadata.GetCustomAttribute(handle)
        where TypeName(metadata, attribute) == type
        select Strings(metadata.GetBlobReader(attribute.Value), arguments);

    private static string? TypeName(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return null;
        var type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return type.Kind == HandleKind.TypeReference ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) : null;
    }

    private static string?[] Strings(BlobReader value, int count)
    {
        value.ReadUInt16(); // the format's prolog
        return [.. Enumerable.Range(0, count).Select(_ => value.ReadSerializedString()).ToArray()];
    }
}
