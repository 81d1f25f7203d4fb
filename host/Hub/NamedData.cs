using LlmKick.Sdk.Options;

namespace LlmKick.Hub;

/// <summary>A data set that recipes may call by its name: nothing but where it is.</summary>
/// <param name="Name">The name, with its part behind it.</param>
/// <param name="Layout">The layout of its rows, as options name it.</param>
/// <param name="Address">Where it is.</param>
internal sealed record NamedData(string Name, string Layout, string Address)
{
    private const string WikiText = "hub:Salesforce/wikitext/";
    private const string Trivia = "hub:mandarjoshi/trivia_qa/";
    private const string News = "hub:abisee/cnn_dailymail/3.0.0/";
    private const string Paper = "https://raw.githubusercontent.com/VITA-Group/llm-kick/main/";
    private const string FastChat =
        "https://raw.githubusercontent.com/lm-sys/FastChat/587d5cfa1609a43d192cedb8441cac3c17db105d/fastchat/llm_judge/data/";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NamedData> All { get; } =
    [
        .. Splits("wikitext-2-raw", "text", WikiText + "wikitext-2-raw-v1/", "train", "validation", "test"),
        .. Splits("wikitext-2", "text", WikiText + "wikitext-2-v1/", "train", "validation", "test"),
        // The methods' own code takes these shards alone.
        new("c4/train", "text", "hub:allenai/c4/en/c4-train.00000-of-01024.json.gz!c4-train.jsonl"),
        new("c4/validation", "text", "hub:allenai/c4/en/c4-validation.00000-of-00008.json.gz!c4-validation.jsonl"),
        // dev and test: the rest of the folder is ten times as large.
        new("mmlu", "mmlu", "hub:cais/mmlu/all/?e*.parquet"),
        // Only here are there answers.
        new("trivia_qa/rc", "triviaqa", Trivia + "rc/validation-*.parquet"),
        new("trivia_qa/rc.nocontext", "triviaqa", Trivia + "rc.nocontext/validation-*.parquet"),
        .. Splits("cnn_dailymail", "stories", News, "validation", "test"),
        new("llm-kick/stories", "stories", Paper + "in-context_summarization/json_utils/new_question.jsonl"
            + "#sha256=88824f661fad36fefb3b2a9e233728f15487090a482fe9b06f80c98d81fc0956"),
        new("vicuna-80", "questions", Paper + "mt_conversation/table/question.jsonl"
            + "#sha256=590c39157bc561eadd7f03cad4be18c2b597f93029780af65f86718f39eafa87"),
        new("mt-bench", "questions", FastChat + "mt_bench/question.jsonl"
            + "#sha256=119565adbab82227089cefdb44c8d7e2cf04dc0a0ec233634c82e7d4e2a944f7"),
        new("mt-bench/references", "answers", FastChat + "mt_bench/reference_answer/gpt-4.jsonl"
            + "#sha256=f957a5bc977badb66885ec970e6cd08527845780313f0995764260e5777b9b3f"),
        new("mt-bench/judge", "judge_prompts", FastChat + "judge_prompts.jsonl"
            + "#sha256=fd283293406d024f44c174b094ef48031d0687a4682fd3a56b29b138f80281b6"),
    ];

    /// <summary>Those that an option reads, in the order of the table; none where it reads no layout that has a name.</summary>
    public static IEnumerable<NamedData> For(string? layout) => All.Where(data => data.Layout == layout);

    /// <summary>The data set of a name; null where there is none.</summary>
    public static NamedData? Find(string name) => All.FirstOrDefault(data => data.Name == name);

    /// <summary>What may be written for an option, as the end of a sentence: empty where nothing has a name.</summary>
    public static string Known(OptionAttribute option) => For(option.Layout).Select(data => data.Name).ToList() is { Count: > 0 } names
        ? $" Data sets by name are {string.Join(", ", names)}." : "";

    private static IEnumerable<NamedData> Splits(string name, string layout, string folder, params string[] splits) =>
        splits.Select(split => new NamedData($"{name}/{split}", layout, $"{folder}{split}-*.parquet"));
}
