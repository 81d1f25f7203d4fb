namespace LlmKick.Tests;

/// <summary>Changes bytes at random, the same way for the same seed: flips, odd numbers, cuts, and pieces moved elsewhere.</summary>
internal static class Mutation
{
    private static readonly byte[][] Odd =
    [
        [0], [0x7F], [0x80], [0xFF], [0xC3], [.. "\\ud800"u8], [.. "\""u8], [.. "{"u8], [.. "]"u8], [.. "-1"u8],
        [.. "9223372036854775807"u8], [.. "1e999"u8],
        [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0xFF], [9, 0, 0, 0],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0, 0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0, 0, 0, 0, 1, 0, 0, 0],
    ];

    public static byte[] Of(byte[] valid, int header, int seed)
    {
        var random = new Random(seed);
        var bytes = new List<byte>(valid);
        for (var changes = 1 + random.Next(3); changes > 0 && bytes.Count > 0; changes--)
            Change(bytes, random, Math.Min(header, bytes.Count));
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random, int header)
    {
        var (at, length) = (random.Next(header), 1 + random.Next(16));
        switch (random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                Overwrite(bytes, at, Odd[random.Next(Odd.Length)]);
                break;
            case 2:
                bytes.InsertRange(at, Odd[random.Next(Odd.Length)]);
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(length, bytes.Count - at));
                break;
            case 4:
                bytes.InsertRange(random.Next(header), bytes.GetRange(at, Math.Min(4 * length, bytes.Count - at)));
                break;
            default:
                if (random.Next(4) == 0)
                    bytes.RemoveRange(at, bytes.Count - at);
                else
                    Overwrite(bytes, random.Next(header), bytes.GetRange(at, Math.Min(length, bytes.Count - at)));
                break;
        }
    }

    private static void Overwrite(List<byte> bytes, int at, IReadOnlyList<byte> with)
    {
        for (var i = 0; i < with.Count && at + i < bytes.Count; i++)
            bytes[at + i] = with[i];
    }
}
