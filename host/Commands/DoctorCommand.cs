using System.CommandLine;
using System.Text.Json.Nodes;
using LlmKick.Diagnosis;
using LlmKick.Hub;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>doctor</c>: what is fine, what is not, what to do.</summary>
internal sealed class DoctorCommand : Command
{
    private readonly Terminal terminal;

    public DoctorCommand(PluginSource plugins, Terminal terminal)
        : base("doctor", "Check the machine, libtorch, folders and plugins; say what to do where something is wrong")
    {
        this.terminal = terminal;
        Options.Add(CommonOptions.Json);
        SetAction(async (line, cancellationToken) => Show(
            [.. ProgramFindings.All(), .. ProcessorFindings.All(), .. TensorFindings.All(),
                .. FolderFindings.All(HubSettings.FolderOfCache),
                .. await HubFindings.AllAsync(() => RemoteFiles.Settings(line), cancellationToken),
                .. PluginFindings.All(plugins.Load(line, []))],
            line.GetValue(CommonOptions.Json)));
    }

    private int Show(IReadOnlyList<Finding> findings, bool json)
    {
        var healthy = findings.All(finding => finding.State != FindingState.Problem);
        if (json)
            terminal.WriteJson(new JsonObject
            {
                ["format"] = "llmkick/doctor@1",
                ["healthy"] = healthy,
                ["findings"] = new JsonArray([.. findings.Select(finding => finding.ToJson())]),
            });
        else
            new FindingList(terminal).Write(findings);
        return healthy ? ExitCode.Done : ExitCode.Failed;
    }
}
