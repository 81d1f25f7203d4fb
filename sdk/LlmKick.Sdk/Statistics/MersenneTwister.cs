using System.Numerics;

namespace LlmKick.Sdk.Statistics;

/// <summary>Python's <c>random.Random(seed)</c>: MT19937 (Matsumoto and Nishimura, 1998), seeded by an array of the seed's words, with
/// Python's own ways to draw.</summary>
public sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;
    private readonly uint[] state = new uint[Size];
    private int place = Size;

    /// <summary>Seeds it as Python does.</summary>
    /// <param name="seed">Any whole number; its sign does not count.</param>
    public MersenneTwister(long seed)
    {
        var magnitude = (ulong)BigInteger.Abs(seed);
        Seed(magnitude > uint.MaxValue ? [(uint)magnitude, (uint)(magnitude >> 32)] : [(uint)magnitude]);
    }

    /// <summary>A number from 0 up to 1, with 53 bits.</summary>
    public double NextDouble()
    {
        var (high, low) = (Next() >> 5, Next() >> 6);
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary><c>sample(population, count)</c>: distinct items in the order in which they are drawn.</summary>
    /// <param name="population">What is drawn from.</param>
    /// <param name="count">How many are drawn; at most all.</param>
    /// <typeparam name="T">The items' type.</typeparam>
    public IReadOnlyList<T> Sample<T>(IReadOnlyList<T> population, int count)
    {
        ArgumentNullException.ThrowIfNull(population);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population.Count);
        var setSize = 21.0;
        if (count > 5)
            setSize += Math.Pow(4, Math.Ceiling(Math.Log(count * 3, 4)));
        return population.Count <= setSize ? FromPool(population, count) : FromSet(population, count);
    }

    /// <summary><c>choices(population, k=count)</c>: items drawn with replacement.</summary>
    /// <param name="population">What is drawn from.</param>
    /// <param name="count">How many are drawn.</param>
    /// <typeparam name="T">The items' type.</typeparam>
    public IReadOnlyList<T> Choices<T>(IReadOnlyList<T> population, int count)
    {
        ArgumentNullException.ThrowIfNull(population);
        var drawn = new T[count];
        for (var i = 0; i < count; i++)
            drawn[i] = population[(int)(NextDouble() * population.Count)];
        return drawn;
    }

    /// <summary><c>randrange(bound)</c>: a whole number from 0 up to a bound, which is not drawn; <c>randint(0, n)</c> is
    /// <c>Below(n + 1)</c>.</summary>
    /// <param name="bound">1 or more.</param>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var bits = 32 - BitOperations.LeadingZeroCount((uint)bound);
        int drawn;
        do
            drawn = (int)(Next() >> (32 - bits));
        while (drawn >= bound);
        return drawn;
    }

    private List<T> FromPool<T>(IReadOnlyList<T> population, int count)
    {
        var (pool, drawn) = (population.ToArray(), new List<T>(count));
        for (var i = 0; i < count; i++)
        {
            var at = Below(pool.Length - i);
            drawn.Add(pool[at]);
            pool[at] = pool[pool.Length - i - 1];
        }
        return drawn;
    }

    private List<T> FromSet<T>(IReadOnlyList<T> population, int count)
    {
        var (chosen, drawn) = (new HashSet<int>(), new List<T>(count));
        while (drawn.Count < count)
            if (Below(population.Count) is var at && chosen.Add(at))
                drawn.Add(population[at]);
        return drawn;
    }

    private void Seed(uint[] key)
    {
        Start(19650218);
        var (i, j) = (1, 0);
        for (var k = Math.Max(Size, key.Length); k > 0; k--)
        {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525)) + key[j] + (uint)j;
            Advance(ref i);
            j = (j + 1) % key.Length;
        }
        for (var k = Size - 1; k > 0; k--)
        {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941)) - (uint)i;
            Advance(ref i);
        }
        state[0] = 0x80000000;
    }

    private void Start(uint seed)
    {
        state[0] = seed;
        for (var i = 1; i < Size; i++)
            state[i] = (1812433253 * (state[i - 1] ^ (state[i - 1] >> 30))) + (uint)i;
    }

    private void Advance(ref int i)
    {
        if (++i < Size)
            return;
        state[0] = state[Size - 1];
        i = 1;
    }

    private uint Next()
    {
        if (place == Size)
            Refill();
        var number = state[place++];
        number ^= number >> 11;
        number ^= (number << 7) & 0x9d2c5680;
        number ^= (number << 15) & 0xefc60000;
        return number ^ (number >> 18);
    }

    private void Refill()
    {
        for (var i = 0; i < Size; i++)
        {
            var joined = (state[i] & 0x80000000) | (state[(i + 1) % Size] & 0x7fffffff);
            state[i] = state[(i + Middle) % Size] ^ (joined >> 1) ^ ((joined & 1) != 0 ? 0x9908b0dfu : 0);
        }
        place = 0;
    }
}
