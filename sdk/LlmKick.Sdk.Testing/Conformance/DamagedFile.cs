using System.Text;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>Copies of a file that are not what they should be, always the same ones.</summary>
internal static class DamagedFile
{
    // Eight in the first bytes and 16 over the header: where readers decide, at a fraction of a second a file.
    private const int Flips = 24;
    private const int Header = 256;

    /// <summary>What happens to files of text.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Of(byte[] whole)
    {
        yield return ("is empty", []);
        yield return ("ends in the middle", whole[..(whole.Length / 2)]);
        yield return ("lacks its last byte", whole[..^Math.Min(1, whole.Length)]);
        yield return ("is binary", [.. Enumerable.Range(0, 400).Select(i => (byte)(i * 37))]);
        yield return ("is one long line", Encoding.ASCII.GetBytes(new string('x', 100_000)));
        yield return ("is blank lines", Encoding.ASCII.GetBytes(new string('\n', 100)));
    }

    /// <summary>What happens to files of weights: also wrong bytes near the start, where sizes and offsets stand.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> OfBinary(byte[] whole)
    {
        foreach (var damage in Of(whole))
            yield return damage;
        for (var i = 0; i < Flips && whole.Length > 0; i++)
        {
            var at = i < 8 ? i : i * 11 % Math.Min(Header, whole.Length);
            var copy = (byte[])whole.Clone();
            copy[at % whole.Length] ^= (byte)(1 << (i % 8));
            yield return ($"has another byte {at % whole.Length}", copy);
        }
    }
}
