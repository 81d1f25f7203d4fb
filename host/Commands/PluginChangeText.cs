using LlmKick.Plugins.Installation;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>What was installed, in lines.</summary>
internal static class PluginChangeText
{
    public static void Write(IEnumerable<PluginChange> changes, Terminal terminal)
    {
        foreach (var (id, before, now) in changes)
            terminal.Out.WriteLine($"{id} {now.Version} is "
                + $"installed{(before is null || before == now.Version ? "" : $" instead of {before}")}, from '{now.Source}'.");
    }
}
