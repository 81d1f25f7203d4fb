namespace LlmKick.Tests.Tasks.Mmlu;

/// <summary>A folder with a few questions of two subjects.</summary>
internal static class MmluFolder
{
    public static string Write(TemporaryFolder folder, params string[] subjects)
    {
        foreach (var subject in subjects)
        {
            folder.Write($"dev/{subject}_dev.csv", "d1,a,b,c,d,A\nd2,a,b,c,d,B\nd3,a,b,c,d,C\nd4,a,b,c,d,D\nd5,a,b,c,d,A\n");
            folder.Write($"test/{subject}_test.csv", "\"q, 1\",1,2,3,4,B\nq2,1,2,3,4,C\nq3,1,2,3,4,A\n");
        }
        return folder.Path;
    }
}
