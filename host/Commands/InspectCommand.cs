using System.CommandLine;
using LlmKick.Sdk;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>inspect</c>: what a model's files hold, without loading it.</summary>
internal sealed class InspectCommand : Command
{
    private static readonly Option<bool> Zeros = new("--zeros") { Description = "Count the values that are zero, which reads all data" };

    private readonly ModelSource models;
    private readonly Terminal terminal;

    public InspectCommand(ModelSource models, Terminal terminal)
        : base("inspect", "List a model's tensors, their quantization and sizes, without loading it")
    {
        (this.models, this.terminal) = (models, terminal);
        Arguments.Add(ModelSource.Model);
        Options.Add(Zeros);
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var path = line.GetRequiredValue(ModelSource.Model);
        var contents = await models.InspectAsync(line, line.GetValue(Zeros), cancellationToken)
            ?? throw new LlmKickException($"'{path}' has no files that could be inspected.");
        if (line.GetValue(CommonOptions.Json))
            terminal.WriteJson(ContentsJson.Create(path, contents));
        else
            ContentsText.Write(contents, terminal);
        return ExitCode.Done;
    }
}
