using System.CommandLine;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Models;

namespace LlmKick.Commands;

/// <summary><c>generate</c>: continues a prompt.</summary>
internal sealed class GenerateCommand : Command
{
    private static readonly Option<string> Prompt = new("--prompt") { Description = "What the model reads first, exactly as it stands", Required = true, HelpName = "TEXT", Validators = { OptionRules.NotEmpty } };
    private static readonly Option<int> MaxTokens = new("--max-tokens") { Description = "The most tokens written", DefaultValueFactory = _ => 128, HelpName = "N", Validators = { OptionRules.AtLeast(1) } };
    private static readonly Option<string[]> Stop = new("--stop") { Description = "A text that ends the answer (may be repeated)", HelpName = "TEXT", Validators = { OptionRules.NotEmpty } };

    private readonly ModelSource models;
    private readonly Terminal terminal;

    public GenerateCommand(ModelSource models, Terminal terminal) : base("generate", "Continue a prompt")
    {
        (this.models, this.terminal) = (models, terminal);
        ModelSource.AddTo(this);
        Options.Add(Prompt);
        Options.Add(MaxTokens);
        Options.Add(Stop);
        SamplingChoice.AddTo(this);
        Options.Add(CommonOptions.Json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        await using var model = await models.LoadAsync(line, cancellationToken);
        var request = new GenerateRequest(Sdk.Models.Prompt.Of(line.GetRequiredValue(Prompt), model.Tokenizer!), line.GetValue(MaxTokens), line.GetValue(Stop) ?? []) { Sampling = SamplingChoice.Of(line) };
        var json = line.GetValue(CommonOptions.Json);
        if (!json)
            request = request with { Written = terminal.Out.Write };
        await foreach (var response in model.AnswerAsync([request], null, cancellationToken))
            End((GenerateResponse)response, request, json);
        return ExitCode.Done;
    }

    private void End(GenerateResponse answer, GenerateRequest request, bool json)
    {
        if (json)
            terminal.WriteJson(new JsonObject
            {
                ["format"] = "llmkick/generate@1",
                ["prompt"] = request.Prompt.Text,
                ["text"] = answer.Text,
                ["tokens"] = new JsonArray([.. answer.Tokens.Select(token => (JsonNode)token)]),
                ["finish"] = answer.Finish.ToString(),
            });
        else
            terminal.Out.WriteLine();
    }
}
