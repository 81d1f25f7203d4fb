using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Models;

public sealed class MachineMemoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("unlimited", "unlimited", long.MaxValue)]
    [InlineData("4294967296", "unlimited", 4294967296)]
    [InlineData("8589934592", "1073741824", 1073741824)]
    public void OfLimits_LeastOfSoftLimits(string space, string data, long expected) => Assert.Equal(expected, MachineMemory.OfLimits(
    [
        "Limit                     Soft Limit           Hard Limit           Units     ",
        $"Max data size             {data}            unlimited            bytes     ",
        "Max stack size            8388608              unlimited            bytes     ",
        $"Max address space         {space}            unlimited            bytes     ",
    ]));

    /// <summary>The process's own group, and the one that the container is mounted as.</summary>
    [Theory]
    [InlineData("0::/a/b", "a/b/memory.max", "2000", "memory.max", "max", 2000)]
    [InlineData("0::/a/b", "other/memory.max", "2000", "memory.max", "3000", 3000)]
    [InlineData("5:cpu,memory:/a", "memory/a/memory.limit_in_bytes", "500", "memory/memory.limit_in_bytes", "9223372036854771712", 500)]
    [InlineData("5:cpu:/a", "memory/a/memory.limit_in_bytes", "500", "cpu/x", "1", long.MaxValue)]
    public void OfGroups_LeastOfItsGroups(string line, string one, string own, string other, string above, long expected)
    {
        Write(one, own);
        Write(other, above);
        File.WriteAllText(folder.File("groups"), line + "\n");
        Assert.Equal(expected, MachineMemory.OfGroups(folder.File("groups"), folder.Path));
    }

    [Fact]
    public void Bytes_AreSomeOfTheMachine() => Assert.InRange(MachineMemory.Bytes, 1 << 28, 1L << 46);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), text + "\n");
    }
}
