using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>generate</c>: continues a prompt.</summary>
internal sealed class GenerateCommand : Command
{
    private static readonly Option<string> Prompt = new("--prompt") { Description = "What the model reads first, exactly as it stands",
        HelpName = "TEXT", Validators = { OptionRules.NotEmpty } };
    private static readonly Option<int> MaxTokens = new("--max-tokens") { Description = "The most tokens written",
        DefaultValueFactory = _ => 128, HelpName = "N", Validators = { OptionRules.AtLeast(1) } };
    private static readonly Option<string[]> Stop = new("--stop") { Description = "A text that ends the answer (may be repeated)",
        HelpName = "TEXT", Validators = { OptionRules.NotEmpty } };
    private static readonly Option<bool> IgnoreEnd = new("--ignore-end") { Description = "Go on after end-of-text tokens" };

    private readonly ModelSource models;
    private readonly Terminal terminal;

    public GenerateCommand(ModelSource models, Terminal terminal) : base("generate", "Continue a prompt")
    {
        (this.models, this.terminal) = (models, terminal);
        ModelSource.AddTo(this);
        foreach (var option in new Option[] { Prompt, IdLines.Ids, ChatInput.Chat, MaxTokens, Stop, IgnoreEnd })
            Options.Add(option);
        SamplingChoice.AddTo(this);
        Options.Add(CommonOptions.Json);
        Validators.Add(CheckInput);
        SetAction(RunAsync);
    }

    private static void CheckInput(CommandResult line)
    {
        var given = new Option[] { Prompt, IdLines.Ids, ChatInput.Chat }
            .Where(option => line.GetResult(option) is { Implicit: false }).ToList();
        if (given.Count == 0)
            line.AddError("Option '--prompt' is required, or '--ids' or '--chat' to read stdin.");
        if (given.Count > 1)
            line.AddError($"{given[0].Name} and {given[1].Name} exclude each other: there is one prompt, on the line or on stdin.");
        if (line.GetValue(IdLines.Ids) && line.GetValue(CommonOptions.Json))
            line.AddError("--json has no effect with --ids, which writes lines of JSON in any case.");
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        await using var model = await models.LoadAsync(line, cancellationToken);
        if (line.GetValue(IdLines.Ids))
            await foreach (var ids in IdLines.ReadAsync(model, cancellationToken))
                terminal.Out.WriteLine(JsonSerializer.Serialize(
                    new { tokens = (await AnswerAsync(model, Request(line, new Prompt("", ids)), cancellationToken)).Tokens }));
        else
            await ContinueAsync(Request(line, await ReadAsync(line, model.Tokenizer!, cancellationToken)), model,
                line.GetValue(CommonOptions.Json), cancellationToken);
        return ExitCode.Done;
    }

    private static async Task<Prompt> ReadAsync(ParseResult line, ITokenizer tokenizer, CancellationToken cancellationToken) =>
        line.GetValue(Prompt) is { } text
            ? Sdk.Models.Prompt.Of(text, tokenizer)
            : ChatInput.Of(await StandardInput.Open().ReadToEndAsync(cancellationToken), tokenizer).Prompt;

    private static GenerateRequest Request(ParseResult line, Prompt prompt) =>
        new(prompt, line.GetValue(MaxTokens), line.GetValue(Stop) ?? []) { Sampling = SamplingChoice.Of(line),
            IgnoreEnd = line.GetValue(IgnoreEnd) };

    private static async Task<GenerateResponse> AnswerAsync(ILanguageModel model, GenerateRequest request,
        CancellationToken cancellationToken)
    {
        await foreach (var response in model.AnswerAsync([request], null, cancellationToken))
            return (GenerateResponse)response;
        throw new LlmKickException($"The model '{model.Description.Name}' gave no answer.");
    }

    private async Task ContinueAsync(GenerateRequest request, ILanguageModel model, bool json, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(model, json ? request : request with { Written = terminal.Out.Write }, cancellationToken);
        if (json)
            terminal.WriteJson(ToJson(request, answer));
        else
            terminal.Out.WriteLine();
    }

    private static JsonObject ToJson(GenerateRequest request, GenerateResponse answer) => new()
    {
        ["format"] = "llmkick/generate@1",
        ["prompt"] = request.Prompt.Text,
        ["text"] = answer.Text,
        ["tokens"] = new JsonArray([.. answer.Tokens.Select(token => (JsonNode)token)]),
        ["finish"] = answer.Finish.ToString(),
    };
}
