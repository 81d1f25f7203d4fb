namespace LlmKick.Transformers.Tokenization.Models;

/// <summary>Texts by their characters.</summary>
internal sealed class PieceTrie
{
    private const int None = -1;

    private readonly Dictionary<long, int> _next = [];
    private readonly List<int> _ids = [None];

    /// <summary>The place before any character.</summary>
    public static int Root => 0;

    public void Add(string text, int id)
    {
        var node = Root;
        foreach (var unit in text)
        {
            if (!_next.TryGetValue(Key(node, unit), out var next))
            {
                next = _ids.Count;
                _ids.Add(None);
                _next.Add(Key(node, unit), next);
            }
            node = next;
        }
        _ids[node] = id;
    }

    /// <summary>Goes on by a unit of UTF-16.</summary>
    public bool TryStep(ref int node, char unit) => _next.TryGetValue(Key(node, unit), out node);

    /// <summary>The text that ends at a place.</summary>
    public bool TryGet(int node, out int id)
    {
        id = _ids[node];
        return id != None;
    }

    private static long Key(int node, char unit) => (long)node << 16 | unit;
}
