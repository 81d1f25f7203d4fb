using System.Globalization;
using LlmKick.Sdk;

namespace LlmKick.Runtime;

/// <summary>How many threads compute.</summary>
internal static class ComputeThreads
{
    /// <summary>
    /// The cores that this process may use. .NET counts those of its affinity mask and takes a cgroup's quota (version 1 or 2),
    /// rounded up, as the limit; containers are therefore covered.
    /// </summary>
    public static int Available => Environment.ProcessorCount;

    /// <summary>The number of threads to compute with: as asked, else <c>OMP_NUM_THREADS</c>, else one a core.</summary>
    /// <exception cref="LlmKickException">The number asked for is not positive.</exception>
    public static int Resolve(int? asked)
    {
        if (asked is <= 0)
            throw new LlmKickException($"'{asked}' threads cannot compute. Give 1 or more, or leave it out for one a core ({Available}).");
        return asked ?? FromEnvironment() ?? Available;
    }

    private static int? FromEnvironment() =>
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var threads) && threads > 0 ? threads : null;
}
