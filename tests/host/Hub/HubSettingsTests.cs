using LlmKick.Hub;
using LlmKick.Sdk;

namespace LlmKick.Tests.Hub;

public sealed class HubSettingsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("llmkick-hub-");

    [Theory]
    [InlineData("HF_HUB_CACHE=/a;HF_HOME=/b", "/a")]
    [InlineData("HUGGINGFACE_HUB_CACHE=/old;HF_HOME=/b", "/old")]
    [InlineData("HF_HOME=~/x;HOME=/home/me", "/home/me/x/hub")]
    [InlineData("HF_HUB_CACHE=$DISK/hub;DISK=/big", "/big/hub")]
    [InlineData("HF_HUB_CACHE=${DISK}/hub;DISK=/big", "/big/hub")]
    [InlineData("HF_HUB_CACHE=/a/$NONE", "/a/$NONE")]
    [InlineData("HOME=/home/me", "/home/me/.cache/huggingface/hub")]
    [InlineData("XDG_CACHE_HOME=/xdg", "/xdg/huggingface/hub")]
    public void Read_Variables_AreReadAsHuggingFaceReadsThem(string variables, string cache) =>
        Assert.Equal(cache, Read(variables).CacheFolder.Replace('\\', '/'));

    [Theory]
    [InlineData("HF_HUB_OFFLINE=1", "HF_HUB_OFFLINE")]
    [InlineData("HF_HUB_OFFLINE=yes", "HF_HUB_OFFLINE")]
    [InlineData("TRANSFORMERS_OFFLINE=True", "TRANSFORMERS_OFFLINE")]
    [InlineData("HF_HUB_OFFLINE=0", null)]
    [InlineData("HF_HUB_OFFLINE=", null)]
    public void Read_Offline_IsWhatTheVariableSays(string variables, string? offline) => Assert.Equal(offline, Read(variables).Offline);

    [Fact]
    public void Read_Token_ComesFromVariablesThenTheFile()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "token"), "hf_file\n");
        Assert.Equal(("hf_a", "HF_TOKEN"), Token("HF_TOKEN=hf_a;HUGGING_FACE_HUB_TOKEN=hf_b"));
        Assert.Equal(("hf_b", "HUGGING_FACE_HUB_TOKEN"), Token("HUGGING_FACE_HUB_TOKEN=hf_b"));
        var file = Path.Combine(folder.FullName, "token");
        Assert.Equal(("hf_file", file), Token($"HF_HOME={folder.FullName}"));
        Assert.Equal(("hf_file", file), Token($"HF_TOKEN_PATH={file}"));
        Assert.Null(Read($"HF_HOME={folder.FullName};HF_HUB_DISABLE_IMPLICIT_TOKEN=1").Token);
        Assert.Null(Read($"HF_HOME={folder.FullName}/none").Token);
        Assert.DoesNotContain("hf_a", Read("HF_TOKEN=hf_a").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("huggingface.co")]
    [InlineData("https://me:secret@host")]
    public void Read_EndpointThatIsNone_IsRefused(string endpoint) =>
        Assert.Contains("HF_ENDPOINT is no address of a hub",
            Assert.Throws<LlmKickException>(() => Read($"HF_ENDPOINT={endpoint}")).Message, StringComparison.Ordinal);

    public void Dispose() => folder.Delete(recursive: true);

    private static (string, string) Token(string variables) => (Read(variables).Token!.Value, Read(variables).Token!.Source);

    private static HubSettings Read(string variables)
    {
        var set = variables.Split(';').Select(one => one.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return HubSettings.Read(set.GetValueOrDefault);
    }
}
