using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.TriviaQa;

/// <summary>Options of <see cref="TriviaQaTask"/>.</summary>
internal sealed record TriviaQaOptions : SamplingOptions
{
    [Option("A JSON file of TriviaQA's qa folder, such as web-dev.json; its `rc` (documents inside) or `rc.nocontext` as the hub has it, "
        + "Parquet in one file or several; or a JSON file in SQuAD's format.", Required = true, IsPath = true,
        PathKind = PathKind.Files, Layout = "triviaqa")]
    public string Path { get; init; } = "";

    [Option("TriviaQA's folder of documents, with wikipedia/ and web/; needed unless `context` is `closed` or the file holds the "
        + "documents itself (Parquet, SQuAD).", IsPath = true, PathKind = PathKind.Folder)]
    public string? Evidence { get; init; }

    [Option("What stands before a question: nothing (`closed`), the start of its `open` evidence as in the paper's code, or the "
        + "passages `retrieved` for it by BM25.")]
    public ContextSource Context { get; init; } = ContextSource.Open;

    [Option("Characters of evidence with `context: open`; the paper's code has 3,072, about 700 tokens.", Min = 1)]
    public int Characters { get; init; } = 3072;

    [Option("Passages with `context: retrieved`; more hold the answer more often and make prompts longer.", Min = 1, Max = 100)]
    public int Passages { get; init; } = 5;

    [Option("Words of a passage that TriviaQA's documents are cut into; SQuAD's paragraphs stay whole.", Min = 10, Max = 1000)]
    public int PassageWords { get; init; } = 100;

    [Option("The most tokens of an answer.", Min = 1, Max = 1024)]
    public int MaxNewTokens { get; init; } = 32;

    [Option("The most questions; default: all. Fewer are faster and give wider intervals.", Min = 1, Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which questions a limit keeps: the `first`, or `random` ones by the task's seed.", Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;
}
