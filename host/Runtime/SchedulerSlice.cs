using System.Runtime.InteropServices;

namespace LlmKick.Runtime;

/// <summary>How long the scheduler lets a thread run before another one that waits has its turn.</summary>
internal static partial class SchedulerSlice
{
    // The least that the kernel takes: 100 µs, in nanoseconds.
    private const ulong Shortest = 100_000;

    // SCHED_FLAG_KEEP_POLICY.
    private const ulong KeepPolicy = 0x08;

    /// <summary>
    /// Asks for short turns for this thread and all that it starts; its share of the processor stays the same. Threads of libtorch
    /// meet every few hundred microseconds: beside other programs each meeting would wait for the 3 ms of somebody's turn. Linux 6.12
    /// and later heed it, earlier ones take it and do nothing.
    /// </summary>
    public static void Shorten()
    {
        if (!OperatingSystem.IsLinux() || CallNumber() is not { } number)
            return;
        var attributes = new Attributes
        {
            Size = (uint)Marshal.SizeOf<Attributes>(), Flags = KeepPolicy, Nice = GetPriority(0, 0), Runtime = Shortest
        };
        // A kernel or a sandbox that refuses leaves everything as it was, which is slower beside others and nothing else.
        _ = SetAttributes(number, 0, in attributes, 0);
    }

    private static nint? CallNumber() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 314,
        Architecture.Arm64 => 274,
        _ => null
    };

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SetAttributes(nint number, nint thread, in Attributes attributes, nint flags);

    // Its first argument 0 asks for a thread, its second for this one.
    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, int who);

    // struct sched_attr, version 0.
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
