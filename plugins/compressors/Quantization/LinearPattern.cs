using System.Text.RegularExpressions;

namespace LlmKick.Quantization;

/// <summary>Which linears are meant: <c>*</c> stands for any text in <c>BLOCK.NAME</c>, such as <c>3.mlp.down_proj</c>; <c>first</c> and
/// <c>last</c> are blocks too.</summary>
/// <param name="Text">As written.</param>
internal sealed record LinearPattern(string Text)
{
    private readonly Regex _form =
        new("^" + Regex.Escape(Text).Replace(@"\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant);

    /// <summary>Whether it says more than a block: <c>*</c> and <c>first.*</c> mean all linears and name none.</summary>
    public bool SaysAName => Text[(Text.IndexOf('.', StringComparison.Ordinal) + 1)..].Any(character => character is not ('*' or '.'));

    /// <summary>Whether a linear is meant.</summary>
    public bool Matches(int block, int blockCount, string linear) =>
        _form.IsMatch($"{block}.{linear}")
            || (block == 0 && _form.IsMatch($"first.{linear}"))
            || (block == blockCount - 1 && _form.IsMatch($"last.{linear}"));
}
