using LlmKick.Kick.Mmlu;

namespace LlmKick.Tests.Tasks.Mmlu;

public sealed class MmluSubjectsTests
{
    [Fact]
    public void All_Data_HasEverySubject()
    {
        var files = Directory.GetFiles(SharedData.Require("data/mmlu/test")).Select(file => Path.GetFileName(file).Replace("_test.csv", ""))
            .Order(StringComparer.Ordinal);
        Assert.Equal(files, MmluSubjects.All.Keys);
    }

    [Fact]
    public void All_Groups_MeanOneThingEach()
    {
        var groups = MmluSubjects.All.Values.SelectMany(names => names.Select((name, level) => (name, level))).Distinct().ToList();
        Assert.Equal(groups.Count, groups.Select(group => group.name).Distinct().Count());
        Assert.Equal([4, 17, 57], groups.GroupBy(group => group.level).OrderBy(g => g.Key).Select(g => g.Count()));
    }

    [Fact]
    public void All_SharedNames_WiderGroupKeepsThem()
    {
        Assert.Equal(["humanities", "philosophy", "subject:philosophy"], MmluSubjects.All["philosophy"]);
        Assert.Equal(["other", "subcategory:other", "miscellaneous"], MmluSubjects.All["miscellaneous"]);
        Assert.Equal(["stem", "computer_science", "machine_learning"], MmluSubjects.All["machine_learning"]);
    }
}
