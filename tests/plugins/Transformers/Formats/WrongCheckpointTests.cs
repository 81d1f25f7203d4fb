using System.Text.Json.Nodes;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>Folders whose configuration, tensors and tokenizer do not belong together.</summary>
public sealed class WrongCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_TinyCheckpoint_WritesAndScores() => LoadedModel.TryOut(new TinyCheckpoint().Write(folder.Path));

    [Theory]
    [InlineData("model_type", "\"hyena\"", "is of the architecture 'hyena', which is not supported; supported: afmoe, apertus, apertus1p5")]
    [InlineData("model_type", "\"qwen4_exp\"",
        "'qwen4_exp', which is not supported, for it has hyper-connections, which are several streams")]
    [InlineData("model_type", "\"inkling_text\"", "'inkling_text', which is not supported, for it has attention with a learned bias")]
    [InlineData("model_type", "null", "has no 'model_type'")]
    [InlineData("model_type", "7", "'model_type': 7, which is not a text")]
    [InlineData("hidden_size", "32", "has the tensor 'model.embed_tokens.weight' of shape [259, 16], its configuration asks for [259, 32]")]
    [InlineData("hidden_size", "0", "'hidden_size': 0, which is not a whole number of 1")]
    [InlineData("hidden_size", "-16", "'hidden_size': -16, which is not a whole number")]
    [InlineData("hidden_size", "16.5", "'hidden_size': 16.5, which is not a whole number")]
    [InlineData("hidden_size", "[16]", "'hidden_size': [16], which is not a whole number")]
    [InlineData("hidden_size", "1e99", "'hidden_size': 1e99, which is not a whole number")]
    [InlineData("hidden_size", "null", "has no 'hidden_size', which is needed")]
    [InlineData("vocab_size", "258", "has a tokenizer of 259 tokens for a model that knows 258")]
    [InlineData("vocab_size", "260", "has the tensor 'model.embed_tokens.weight' of shape [259, 16], its configuration asks for [260, 16]")]
    [InlineData("num_hidden_layers", "0", "'num_hidden_layers': 0, which is not a whole number of 1")]
    [InlineData("num_hidden_layers", "1000000000", "'num_hidden_layers': 1000000000, which is not a whole number of 1")]
    [InlineData("num_hidden_layers", "1000000", "lacks the tensor 'model.layers.2.self_attn.q_proj.weight' of shape [16, 16]")]
    [InlineData("num_hidden_layers", "1", "holds the tensor 'model.layers.1.")]
    [InlineData("num_attention_heads", "3", "has a width of 16, which 3 attention heads do not divide")]
    [InlineData("num_attention_heads", "16", "rotates a share of 1 of heads of width 1")]
    [InlineData("num_attention_heads", "4",
        "has the tensor 'model.layers.0.self_attn.k_proj.weight' of shape [8, 16], its configuration asks for [4, 16]")]
    [InlineData("num_key_value_heads", "3", "has 2 attention heads, which 3 key-value heads do not divide")]
    [InlineData("head_dim", "16777216", "has 2 attention heads of width 16777216, more than any model")]
    [InlineData("intermediate_size", "25", "its configuration asks for [25, 16]")]
    [InlineData("max_position_embeddings", "0", "'max_position_embeddings': 0, which is not a whole number")]
    [InlineData("rms_norm_eps", "0", "'rms_norm_eps': 0, which is not a positive number")]
    [InlineData("rms_norm_eps", "1e999", "which is not a positive number")]
    [InlineData("rope_theta", "-1", "'rope_theta': -1, which is not a positive number")]
    [InlineData("rope_scaling", """{"type":"ntk","factor":4}""",
        "scales rotary positions by 'ntk', which is not supported; supported: default, linear, dynamic, llama3")]
    [InlineData("rope_scaling", """{"type":"linear"}""", "has no 'rope_scaling.factor', which is needed")]
    [InlineData("rope_scaling", "7", "'rope_scaling': 7, which is not an object")]
    [InlineData("partial_rotary_factor", "1.5", "rotates a share of 1.5 of heads of width 8")]
    [InlineData("hidden_act", "\"gelux\"", "has the activation function 'gelux', which is not supported; supported: silu")]
    [InlineData("attention_bias", "true", "lacks the tensor 'model.layers.0.self_attn.q_proj.bias'")]
    [InlineData("tie_word_embeddings", "\"no\"", "'tie_word_embeddings': \"no\", which is not true or false")]
    [InlineData("quantization_config", """{"quant_method":"quip"}""",
        "quantized with 'quip', which is not supported; supported: gptq, awq, compressed-tensors")]
    [InlineData("layer_types", """["full_attention","linear_attention"]""", "has blocks of the type 'linear_attention'")]
    [InlineData("logit_scale", "0.5", "sets logit_scale, which the architecture 'llama' does not know here")]
    public void Load_WrongConfiguration_NamesWhatIsWrong(string key, string value, string sentence)
    {
        var checkpoint = new TinyCheckpoint();
        checkpoint.Config[key] = JsonNode.Parse(value);
        AssertRefused(checkpoint, sentence);
    }

    [Theory]
    [InlineData("model.layers.1.mlp.up_proj.weight", null, "lacks the tensor 'model.layers.1.mlp.up_proj.weight' of shape [24, 16]")]
    [InlineData("model.norm.weight", new long[] { 17 },
        "has the tensor 'model.norm.weight' of shape [17], its configuration asks for [16]. Take the configuration")]
    [InlineData("model.norm.weight", new long[] { 1, 16 }, "has the tensor 'model.norm.weight' of shape [1, 16]")]
    [InlineData("model.layers.0.self_attn.q_norm.weight", new long[] { 8 },
        "holds the tensor 'model.layers.0.self_attn.q_norm.weight', which the architecture 'llama' does not use")]
    public void Load_WrongTensors_NamesWhatIsWrong(string name, long[]? shape, string sentence)
    {
        var checkpoint = new TinyCheckpoint();
        checkpoint.Shapes.Remove(name);
        if (shape is not null)
            checkpoint.Shapes.Add(name, shape);
        AssertRefused(checkpoint, sentence);
    }

    [Fact]
    public void Load_PackedWeightsWithoutTheirSettings_SaysWhatIsMissing()
    {
        var checkpoint = new TinyCheckpoint();
        checkpoint.Shapes.Remove("model.layers.1.mlp.up_proj.weight");
        checkpoint.Shapes.Add("model.layers.1.mlp.up_proj.qweight", [24, 2]);
        AssertRefused(checkpoint, "it has 'model.layers.1.mlp.up_proj.qweight', and no quantization_config that says how to read that.");
    }

    [Theory]
    [InlineData("model.embed_tokens.weight", float.NaN)]
    [InlineData("model.layers.1.input_layernorm.weight", float.PositiveInfinity)]
    [InlineData("model.layers.1.self_attn.v_proj.weight", float.NegativeInfinity)]
    [InlineData("lm_head.weight", float.NaN)]
    public void Load_WeightThatIsNoNumber_NamesTheTensor(string name, float value) =>
        AssertRefused(new TinyCheckpoint { Poison = (name, value) }, $"has in the tensor '{name}' values that are not finite numbers");

    [Fact]
    public void Load_WeightTooLargeForTheType_NamesTheTensor()
    {
        new TinyCheckpoint { Poison = ("lm_head.weight", 1e6f) }.Write(folder.Path);

        LoadedModel.TryOut(folder.Path);
        Assert.Contains("'lm_head.weight' values that are not finite numbers (in Float16)",
            Hostile.Read(() => LoadedModel.Load(folder.Path, DataType.Float16), "1e6")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.vocab", """{"a":0,"a":1}""", "the key 'a' stands twice in one object")]
    [InlineData("model.vocab", """{"a":0,"b":0}""", "the id 0 stands for both 'a' and 'b'")]
    [InlineData("model.vocab", """{"a":-1}""", "token 'a' has the id -1")]
    [InlineData("model.vocab", """{"a":16777215}""", "token 'a' has the id 16777215, outside 0 to")]
    [InlineData("model.vocab", """{"a":1.5}""", "'model.vocab.a' is not an id")]
    [InlineData("model.vocab", "[]", "'model.vocab' is not a map")]
    [InlineData("model.vocab", """{"\ud800":0}""", "half a surrogate pair")]
    [InlineData("model.merges", """["h e x"]""", "the merge 'h e x' is not two tokens with a space between")]
    [InlineData("model.merges", """["h x"]""", "a merge needs the token 'hx', which is not in the vocabulary")]
    [InlineData("model.merges", """[["h"]]""", "a merge is not a pair of tokens")]
    [InlineData("model.merges", """[7]""", "'model.merges.0' is not a list")]
    [InlineData("model.type", "\"Markov\"", "its model 'Markov' is not supported")]
    [InlineData("model.type", "\"Unigram\"", "'model.vocab' is not a list")]
    [InlineData("model.type", "\"WordPiece\"", "its unknown token '[UNK]' is not in the vocabulary")]
    [InlineData("added_tokens", """[{"id":300,"content":"<late>","special":true}]""",
        "has a tokenizer of 301 tokens for a model that knows 259")]
    [InlineData("added_tokens", """[{"id":300}]""", "'added_tokens.0.content' is missing")]
    [InlineData("added_tokens", """[{"id":5,"content":"x"}]""", "the added token 'x' has the id 5 but the vocabulary has it as")]
    [InlineData("normalizer", """{"type":"Reverse"}""", "its normalizer 'Reverse' is not supported")]
    [InlineData("pre_tokenizer", """{"type":"Chop"}""", "its pre_tokenizer 'Chop' is not supported")]
    [InlineData("pre_tokenizer", """{"type":"Punctuation","behavior":"Sideways"}""", "has the behavior 'Sideways', which is not known")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"(a+"},"behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false}]}""", "its pattern is no regular expression ((a+)")]
    [InlineData("normalizer", """{"type":"Precompiled","precompiled_charsmap":"AAAA"}""",
        "its precompiled normalization is cut or damaged")]
    [InlineData("post_processor", """{"type":"Frame"}""", "its post_processor 'Frame' is not supported")]
    [InlineData("post_processor", """{"type":"BertProcessing"}""", "'post_processor.cls' is missing")]
    [InlineData("decoder", """{"type":"Spoken"}""", "its decoder 'Spoken' is not supported")]
    [InlineData("decoder", """{"type":"WordPiece"}""", "'decoder.prefix' is missing")]
    public void Load_WrongTokenizer_NamesWhatIsWrong(string key, string value, string sentence)
    {
        new TinyCheckpoint().Write(folder.Path);
        var text = File.ReadAllText(folder.File("tokenizer.json"));
        var steps = key.Split('.');
        var json = JsonNode.Parse(text)!.AsObject();
        (steps.Length == 2 ? json[steps[0]]!.AsObject() : json)[steps[^1]] = "HERE";
        AssertBroken("tokenizer.json", json.ToJsonString().Replace("\"HERE\"", value, StringComparison.Ordinal), sentence);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("generation_config.json")]
    public void Load_BrokenJson_NamesTheFile(string file)
    {
        new TinyCheckpoint().Write(folder.Path);
        AssertBroken(file, "", $"{file}' is not valid JSON");
        AssertBroken(file, "{\"a\":", $"{file}' is not valid JSON");
        AssertBroken(file, "[]", $"{file}' is not a JSON object");
        AssertBroken(file, string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), $"{file}' is not valid JSON");
        AssertBroken(file, "{\"a\":1,\"a\":2}", "the key 'a' stands twice in one object");
        AssertBroken(file, "{\"a\":\"\\udc00\"}", "half a surrogate pair");
        using (var sparse = new FileStream(folder.File(file), FileMode.Create))
            sparse.SetLength(1L << 32);
        AssertRefused($"{file}' has 4294967296 bytes, over the limit");
    }

    [Theory]
    [InlineData("config.json", "config.json' cannot be read")]
    [InlineData("tokenizer.json", "has no 'tokenizer.json'")]
    [InlineData("model.safetensors", "has neither 'model.safetensors' nor 'model.safetensors.index.json'")]
    public void Load_MissingFile_NamesIt(string file, string sentence)
    {
        new TinyCheckpoint().Write(folder.Path);
        File.Delete(folder.File(file));
        AssertRefused(sentence);
    }

    [Theory]
    [InlineData("config.json", 1500)]
    [InlineData("tokenizer.json", 1500)]
    public void Load_MutatedJson_SucceedsOrSaysOneSentence(string file, int count)
    {
        new TinyCheckpoint().Write(folder.Path);
        var valid = File.ReadAllBytes(folder.File(file));
        Hostile.Fuzz(valid, valid.Length, count, bytes =>
        {
            File.WriteAllBytes(folder.File(file), bytes);
            LoadedModel.TryOut(folder.Path);
        });
    }

    private void AssertRefused(TinyCheckpoint checkpoint, string sentence)
    {
        checkpoint.Write(folder.Path);
        AssertRefused(sentence);
    }

    private void AssertBroken(string file, string content, string sentence)
    {
        File.WriteAllText(folder.File(file), content);
        AssertRefused(sentence);
    }

    private void AssertRefused(string sentence)
    {
        var message = Hostile.Read(() => LoadedModel.Load(folder.Path), sentence);
        Assert.NotNull(message);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }
}
