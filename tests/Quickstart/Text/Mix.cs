namespace LlmKick.Quickstart.Text;

/// <summary>How many of every <see cref="Total"/> documents are of each kind.</summary>
internal sealed record Mix(int Biographies, int Questions, int Passages, int Choices, int Summaries, int Echoes, int Snippets = 0)
{
    public int Total => Biographies + Questions + Passages + Choices + Summaries + Echoes + Snippets;
}
