using LlmKick.Harness;
using LlmKick.Sdk.Testing;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Conformance;

public class HarnessConformance : TaskConformance<HarnessPlugin>
{
    protected override string Name => "harness";

    /// <summary>Which of the tasks is asked.</summary>
    protected virtual string Task => "choose";

    protected override object Options(TemporaryFolder folder)
    {
        folder.Write("rows.jsonl", string.Concat(Enumerable.Range(0, 4)
            .Select(i => $"{{\"question\": \"q{i}\", \"choices\": [\"one\", \"two\", \"three\"], \"answer\": {i % 3}}}\n")));
        folder.Write("choose.yaml", "task: choose\ntag: all\ndataset_path: json\ndataset_kwargs: { data_files: { test: rows.jsonl } }\n"
            + "output_type: multiple_choice\ntest_split: test\ndoc_to_text: question\ndoc_to_choice: choices\ndoc_to_target: answer\n");
        if (Task == "write")
            folder.Write("write.yaml", "include: choose.yaml\ntask: write\noutput_type: generate_until\ndoc_to_choice: null\n"
                + "doc_to_target: question\ngeneration_kwargs: { until: [\"x\"], max_gen_toks: 4 }\n"
                    + "metric_list: [{ metric: exact_match }]\n");
        return new HarnessOptions { Folder = folder.Path, Data = folder.Path, Tasks = [Task] };
    }

    protected override IReadOnlyList<WrongData> Wrong => [new("rows.jsonl", "\n{\"question\": \n", Line: 2)];
}

public sealed class HarnessGenerationConformance : HarnessConformance
{
    protected override string Task => "write";
}
