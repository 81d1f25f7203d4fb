using System.Text.Json.Nodes;
using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Reports;

/// <summary>A run of the tiny recipe, done once for several tests.</summary>
public sealed class FinishedRun : IDisposable
{
    public FinishedRun()
    {
        Desk.Done();
        Results = Desk.Results();
    }

    public JsonObject Results { get; }

    internal RunDesk Desk { get; } = new();

    public JsonObject Variant(string name) => Results["variants"]!.AsArray().Single(variant => (string)variant!["name"]! == name)!
        .AsObject();

    public void Dispose() => Desk.Dispose();
}
