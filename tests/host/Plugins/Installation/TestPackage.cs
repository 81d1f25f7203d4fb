using System.IO.Compression;
using System.Text;

namespace LlmKick.Tests.Plugins.Installation;

/// <summary>Makes packages as authors do, and as they should not.</summary>
internal sealed class TestPackage
{
    private static readonly Lazy<byte[]> Assembly = new(() => Compile("1.0"));

    private const string DependencyFile = """
        { "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0", "signature": "" }, "compilationOptions": {},
          "targets": { ".NETCoreApp,Version=v10.0": { "Contoso/1.0.0": { "runtime": { "Contoso.dll": {} } } } },
          "libraries": { "Contoso/1.0.0": { "type": "project", "serviceable": false, "sha512": "" } } }
        """;

    private readonly List<(string Name, byte[] Content, int Attributes)> entries = [];
    private readonly List<(string Id, string Range)> dependencies = [];

    public TestPackage(string id, string version) => (Id, Version) = (id, version);

    public string Id { get; }

    public string Version { get; }

    public IReadOnlyList<(string Id, string Range)> Dependencies => dependencies;

    public string Type { get; init; } = "LlmKickPlugin";

    /// <summary>A plugin that can be loaded, with the SDK's usual range.</summary>
    public static TestPackage Plugin(string id, string version, string sdk = "[1.0, 2.0)") =>
        new TestPackage(id, version).Needs("LlmKick.Sdk", sdk).With("plugin/net10.0/Contoso.dll", Assembly.Value)
            .With("plugin/net10.0/Contoso.deps.json", DependencyFile).With("plugin/net10.0/about.txt", version);

    /// <summary>A package of an ordinary library.</summary>
    public static TestPackage Library(string id, string version) => new(id, version) { Type = "Dependency" };

    /// <summary>Compiles the plugin's assembly against an SDK version.</summary>
    public static byte[] Compile(string sdk, string component = "contoso", string assembly = "Contoso")
    {
        using var folder = new TemporaryFolder();
        return File.ReadAllBytes(TestAssembly.Compile(folder.File(assembly + ".dll"), TestPlugin.Source(component, sdk: sdk)));
    }

    public TestPackage Needs(string id, string range)
    {
        dependencies.Add((id, range));
        return this;
    }

    public TestPackage With(string name, string content) => With(name, Encoding.UTF8.GetBytes(content));

    public TestPackage With(string name, byte[] content, int attributes = 0)
    {
        entries.RemoveAll(entry => entry.Name == name && attributes == 0 && entry.Attributes == 0);
        entries.Add((name, content, attributes));
        return this;
    }

    /// <summary>An entry that is there whatever others there are.</summary>
    public TestPackage WithAgain(string name, string content)
    {
        entries.Add((name, Encoding.UTF8.GetBytes(content), 0));
        return this;
    }

    public byte[] ToBytes()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content, attributes) in entries.Prepend(($"{Id}.nuspec", Encoding.UTF8.GetBytes(Nuspec()), 0)))
            {
                var entry = archive.CreateEntry(name);
                entry.ExternalAttributes = attributes;
                using var target = entry.Open();
                target.Write(content);
            }
        return stream.ToArray();
    }

    /// <summary>Writes the package into a folder that serves as a feed.</summary>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{Id}.{Version}.nupkg");
        File.WriteAllBytes(path, ToBytes());
        return path;
    }

    public string Nuspec() => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>{Id}</id>
            <version>{Version}</version>
            <authors>Contoso</authors>
            <description>A test.</description>
            <packageTypes><packageType name="{Type}" /></packageTypes>
            <dependencies>
              <group targetFramework="net10.0">{string.Concat(dependencies.Select(one => $"<dependency id=\"{one.Id}\" version=\"{one.Range}\" />"))}</group>
            </dependencies>
          </metadata>
        </package>
        """;
}
