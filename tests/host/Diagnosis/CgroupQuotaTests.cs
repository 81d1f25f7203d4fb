using LlmKick.Diagnosis;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Diagnosis;

public sealed class CgroupQuotaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("150000 100000", 1.5)]
    [InlineData("max 100000", null)]
    public void Read_Version2_IsQuotaByPeriod(string limit, double? expected)
    {
        Write("0::/app\n", ("app/cpu.max", limit));

        Assert.Equal(expected, CgroupQuota.Read(folder.File("groups"), folder.Path));
    }

    [Theory]
    [InlineData("200000", 2.0)]
    [InlineData("-1", null)]
    public void Read_Version1_IsQuotaByPeriod(string quota, double? expected)
    {
        Write("4:memory:/box\n1:cpu,cpuacct:/box\n0::/\n", ("cpu/box/cpu.cfs_quota_us", quota), ("cpu/box/cpu.cfs_period_us", "100000"));

        Assert.Equal(expected, CgroupQuota.Read(folder.File("groups"), folder.Path));
    }

    [Fact]
    public void Read_ContainersOwnRoot_IsFound()
    {
        Write("0::/system.slice/container\n", ("cpu.max", "50000 100000"));

        Assert.Equal(0.5, CgroupQuota.Read(folder.File("groups"), folder.Path));
    }

    [Fact]
    public void Read_NoCgroups_IsNull() => Assert.Null(CgroupQuota.Read(folder.File("none"), folder.Path));

    private void Write(string groups, params (string Path, string Text)[] files)
    {
        File.WriteAllText(folder.File("groups"), groups);
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(path))!);
            File.WriteAllText(folder.File(path), text);
        }
    }
}
