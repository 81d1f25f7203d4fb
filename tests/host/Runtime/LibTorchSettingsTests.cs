using System.Globalization;
using LlmKick.Tests.Commands;
using TorchSharp;

namespace LlmKick.Tests.Runtime;

/// <summary>What libgomp says of itself when the tool loads it, and what the system says of a tensor's memory.</summary>
public sealed class LibTorchSettingsTests
{
    [Theory]
    [InlineData("", "PASSIVE")]
    [InlineData("ACTIVE", "ACTIVE")]
    public void Tool_IdleThreads_SleepUnlessTheUserSaysOtherwise(string given, string policy)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libgomp is Linux's.");

        var result = Tool.Run(new Dictionary<string, string> { ["OMP_WAIT_POLICY"] = given, ["GOMP_SPINCOUNT"] = "",
            ["OMP_DISPLAY_ENV"] = "true" }, "doctor");

        Assert.Contains($"OMP_WAIT_POLICY = '{policy}'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensor_OfManyPages_AsksForLargeOnes()
    {
        Assert.SkipUnless(File.Exists("/sys/kernel/mm/transparent_hugepage/enabled"), "This system has no transparent large pages.");
        using var tensor = torch.ones(64L << 20, dtype: torch.uint8);

        Assert.Contains("hg", Flags(tensor.bytes), StringComparer.Ordinal);
    }

    // smaps gives each mapping a line "start-end …" and ends its rows with the kernel's flags; hg is MADV_HUGEPAGE.
    private static unsafe string[] Flags(Span<byte> memory)
    {
        ulong address;
        fixed (byte* start = memory)
            address = (ulong)start + (ulong)memory.Length / 2;
        return File.ReadLines("/proc/self/smaps").SkipWhile(line => !Holds(line, address))
            .First(line => line.StartsWith("VmFlags:", StringComparison.Ordinal)).Split(' ');
    }

    private static bool Holds(string line, ulong address) =>
        line.Split(' ')[0].Split('-') is [var start, var end]
        && ulong.TryParse(start, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var first)
        && ulong.TryParse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var after)
        && first <= address && address < after;
}
