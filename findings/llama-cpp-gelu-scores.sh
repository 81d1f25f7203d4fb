#!/usr/bin/env bash
# llama.cpp through LLamaSharp 0.30.0 with LLamaSharp.Backend.Cpu 0.30.0 (NuGet).
#
# Behaviour, on the CPU: of two GGUF files with nothing but F32 tensors, run with a float32 cache and without flash attention, the one with
# SiLU (architecture `llama`) is scored as float32 arithmetic would, to 1e-5 nats. The one with GELU (`gptneox`) is 1e-3 away from a
# float64 computation, and twenty times nearer to one that rounds GELU's input and result to float16. What then remains are single values
# that fall to the other side of a rounding. The form is tanh's, though Pythia's configuration, for one, asks for the exact GELU
# (by the error function), and nothing in such a file tells which is meant.
#
# What a maker of tools that compress or measure language models should do: set the tolerance of a comparison with llama.cpp by the model's
# activation, or repeat these two roundings and this form in the comparison; never subtract a compressed model's score by one program from
# a dense model's by another; take the form of GELU from the original configuration, or from a table by architecture.
#
# Needs the .NET 10 SDK and NuGet. The models are random, with attention's output zero, which keeps the comparison short.
# Exits 0 as long as this is seen, 1 if it changed.
set -euo pipefail
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export NUGET_PACKAGES="$folder/packages"

cat > scores.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="LLamaSharp" Version="[0.30.0]" />
    <PackageReference Include="LLamaSharp.Backend.Cpu" Version="[0.30.0]" />
  </ItemGroup>
</Project>
PROJECT

cat > Program.cs <<'CODE'
using LLama.Native;

NativeLibraryConfig.All.WithLogCallback((_, _) => { });
var tokens = Enumerable.Range(0, 96).Select(i => i * 37 % 256).ToArray();

var silu = new Model("llama", seed: 1);
var gelu = new Model("gptneox", seed: 2);
silu.Write("silu.gguf");
gelu.Write("gelu.gguf");
var (siluSeen, geluSeen) = (Llama.Score("silu.gguf", tokens), Llama.Score("gelu.gguf", tokens));

Console.WriteLine($"log-probabilities of {tokens.Length - 1} tokens against float64: largest and mean difference in nats");
var plain = Compare("llama, SiLU", siluSeen, silu, x => x / (1 + Math.Exp(-x)));
var tanh = Compare("gptneox, GELU, tanh form", geluSeen, gelu, Gelu.Tanh);
var erf = Compare("gptneox, GELU, exact form", geluSeen, gelu, Gelu.Exact);
var erfHalf = Compare("gptneox, exact form through float16", geluSeen, gelu, x => (double)(Half)Gelu.Exact((double)(Half)x));
var tanhHalf = Compare("gptneox, tanh form through float16", geluSeen, gelu, Gelu.TanhThroughHalf);

var asDescribed = plain < 5e-5 && tanh > 10 * plain && erf > 10 * plain && erfHalf > 3 * tanhHalf && tanh > 3 * tanhHalf;
Console.WriteLine(asDescribed ? "as described" : "CHANGED");
return asDescribed ? 0 : 1;

double Compare(string what, double[] seen, Model model, Func<double, double> activation)
{
    var differences = seen.Zip(model.Score(tokens, activation), (a, b) => Math.Abs(a - b)).ToArray();
    Console.WriteLine($"  {what,-36} {differences.Max():0.0e+0}  {differences.Average():0.0e+0}");
    return differences.Average();
}
CODE

cat > Gelu.cs <<'CODE'
static class Gelu
{
    public static double Tanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    public static double TanhThroughHalf(double x)
    {
        if (Math.Abs(x) >= 10)
            return x > 0 ? x : 0;
        var half = (float)(Half)x;
        return (double)(Half)(0.5f * half * (1 + MathF.Tanh(0.7978845608f * half * (1 + 0.044715f * half * half))));
    }

    /// <summary>By Simpson's rule over the normal density from 0 to x; 1e-9 is left of it within 12, and nothing happens outside.</summary>
    public static double Exact(double x)
    {
        if (Math.Abs(x) > 12)
            return x > 0 ? x : 0;
        const int steps = 200;
        double h = x / steps, sum = 0;
        for (var i = 0; i <= steps; i++)
            sum += (i is 0 or steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-i * h * i * h / 2);
        return x * (0.5 + sum * h / 3 / Math.Sqrt(2 * Math.PI));
    }
}
CODE

cat > Model.cs <<'CODE'
/// <summary>Embedding, blocks of which only the feed-forward half does something, norm, output: random float32 weights.</summary>
sealed class Model
{
    public const int Vocabulary = 256, Width = 64, Hidden = 256, Blocks = 6, Heads = 2;
    const float Epsilon = 1e-5f;
    readonly List<(string Name, int[] Shape, float[] Values)> tensors = [];
    readonly string architecture;
    readonly Random random;

    bool Gated => architecture == "llama";

    public Model(string architecture, int seed)
    {
        (this.architecture, random) = (architecture, new Random(seed));
        Add("token_embd.weight", 1, Width, Vocabulary);
        for (var b = 0; b < Blocks; b++)
            AddBlock($"blk.{b}.");
        AddNorm("output_norm");
        Add("output.weight", 0.3, Width, Vocabulary);
    }

    void AddBlock(string block)
    {
        AddNorm(block + "attn_norm");
        AddNorm(block + "ffn_norm");
        foreach (var part in Gated ? new[] { "attn_q", "attn_k", "attn_v" } : ["attn_qkv"])
            AddLinear(block + part, 0.1, Width, Gated ? Width : 3 * Width);
        AddLinear(block + "attn_output", 0, Width, Width);
        if (Gated)
            AddLinear(block + "ffn_gate", 0.25, Width, Hidden);
        AddLinear(block + "ffn_up", 0.25, Width, Hidden);
        AddLinear(block + "ffn_down", 0.1, Hidden, Width);
    }

    void AddNorm(string name)
    {
        tensors.Add((name + ".weight", [Width], Enumerable.Repeat(1f, Width).ToArray()));
        if (!Gated) Add(name + ".bias", 0, Width);
    }

    void AddLinear(string name, double scale, int inputs, int outputs)
    {
        Add(name + ".weight", scale, inputs, outputs);
        if (!Gated) Add(name + ".bias", 0, outputs);
    }

    void Add(string name, double scale, params int[] shape) => tensors.Add(
        (name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(scale * Uniform()))]));

    /// <summary>With variance 1.</summary>
    double Uniform() => (2 * random.NextDouble() - 1) * Math.Sqrt(3);

    public void Write(string file)
    {
        var gguf = new Gguf();
        gguf.Text("general.architecture", architecture);
        foreach (var (key, value) in new[] { ("context_length", 128), ("embedding_length", Width), ("block_count", Blocks),
            ("feed_forward_length", Hidden), ("attention.head_count", Heads), ("rope.dimension_count", Width / Heads) })
            gguf.Number($"{architecture}.{key}", value);
        gguf.Real($"{architecture}.attention.layer_norm_{(Gated ? "rms_" : "")}epsilon", Epsilon);
        if (!Gated) gguf.Flag($"{architecture}.use_parallel_residual", true);
        gguf.ByteVocabulary();
        gguf.Save(file, tensors);
    }

    /// <summary>The log-probability of each token but the first, in float64.</summary>
    public double[] Score(int[] tokens, Func<double, double> activation) => [.. tokens.Zip(tokens.Skip(1), (token, next) =>
    {
        var x = Values("token_embd.weight").Skip(token * Width).Take(Width).Select(v => (double)v).ToArray();
        for (var b = 0; b < Blocks; b++)
            x = Sum(x, FeedForward($"blk.{b}.", Norm(x), activation));
        return Llama.LogProbability(Linear("output", Norm(x)), next);
    })];

    double[] FeedForward(string block, double[] x, Func<double, double> activation)
    {
        var up = Linear(block + "ffn_up", x);
        var hidden = Gated ? [.. Linear(block + "ffn_gate", x).Zip(up, (g, u) => activation(g) * u)] : up.Select(activation).ToArray();
        return Linear(block + "ffn_down", hidden);
    }

    double[] Norm(double[] x)
    {
        var mean = Gated ? 0 : x.Average();
        var scale = 1 / Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + Epsilon);
        return [.. x.Select(v => (v - mean) * scale)];
    }

    double[] Linear(string name, double[] x)
    {
        var weights = Values(name + ".weight");
        var y = new double[weights.Length / x.Length];
        for (var o = 0; o < y.Length; o++)
            for (var i = 0; i < x.Length; i++)
                y[o] += weights[o * x.Length + i] * x[i];
        return y;
    }

    static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
    float[] Values(string name) => tensors.Single(t => t.Name == name).Values;
}
CODE

cat > Gguf.cs <<'CODE'
using System.Runtime.InteropServices;
using System.Text;

/// <summary>GGUF version 3: metadata, tensor rows, aligned float32 data.</summary>
sealed class Gguf
{
    const int Alignment = 32;
    const uint UnsignedType = 4, SignedType = 5, RealType = 6, FlagType = 7, TextType = 8, ListType = 9;
    readonly MemoryStream pairs = new();
    readonly BinaryWriter metadata;
    long count;

    public Gguf() => metadata = new(pairs);

    public void Number(string key, int value) { Key(key, UnsignedType); metadata.Write((uint)value); }
    public void Real(string key, float value) { Key(key, RealType); metadata.Write(value); }
    public void Flag(string key, bool value) { Key(key, FlagType); metadata.Write(value); }
    public void Text(string key, string value) { Key(key, TextType); Write(metadata, value); }

    /// <summary>One token a byte, spelled as byte-level vocabularies do: printable ones as themselves, the others from U+0100 on.</summary>
    public void ByteVocabulary()
    {
        var next = 256;
        bool Printable(int b) => b is >= 33 and <= 126 or >= 161 and <= 172 or >= 174;
        Text("tokenizer.ggml.model", "gpt2");
        Text("tokenizer.ggml.pre", "gpt-2");
        List("tokenizer.ggml.tokens", TextType, [.. Enumerable.Range(0, 256).Select(b => ((char)(Printable(b) ? b : next++)).ToString())]);
        List("tokenizer.ggml.token_type", SignedType, [.. Enumerable.Repeat<object>(1, 256)]);
        List("tokenizer.ggml.merges", TextType, []);
        Number("tokenizer.ggml.bos_token_id", 0);
        Number("tokenizer.ggml.eos_token_id", 0);
    }

    public void Save(string file, IReadOnlyList<(string Name, int[] Shape, float[] Values)> tensors)
    {
        using var output = new BinaryWriter(File.Create(file));
        output.Write("GGUF"u8);
        output.Write(3u);
        output.Write((long)tensors.Count);
        output.Write(count);
        output.Write(pairs.ToArray());
        WriteRows(output, tensors);
        foreach (var (_, _, values) in tensors)
        {
            Align(output);
            output.Write(MemoryMarshal.AsBytes<float>(values));
        }
        Align(output);
    }

    static void WriteRows(BinaryWriter output, IReadOnlyList<(string Name, int[] Shape, float[] Values)> tensors)
    {
        var offset = 0L;
        foreach (var (name, shape, values) in tensors)
        {
            Write(output, name);
            output.Write(shape.Length);
            foreach (var size in shape) output.Write((long)size);
            output.Write(0u);
            output.Write(offset);
            offset += (values.Length * sizeof(float) + Alignment - 1) / Alignment * Alignment;
        }
    }

    static void Align(BinaryWriter output)
    {
        output.Flush();
        while (output.BaseStream.Position % Alignment != 0) output.BaseStream.WriteByte(0);
    }

    void List(string key, uint type, object[] values)
    {
        Key(key, ListType);
        metadata.Write(type);
        metadata.Write((long)values.Length);
        foreach (var value in values)
            if (value is string text) Write(metadata, text); else metadata.Write((int)value);
    }

    void Key(string key, uint type) { count++; Write(metadata, key); metadata.Write(type); }

    static void Write(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }
}
CODE

cat > Llama.cs <<'CODE'
using LLama;
using LLama.Common;
using LLama.Native;

static class Llama
{
    public static double[] Score(string file, int[] tokens)
    {
        var parameters = new ModelParams(Path.GetFullPath(file))
        {
            ContextSize = 128, BatchSize = 128, UBatchSize = 128, Threads = 1, BatchThreads = 1, GpuLayerCount = 0,
            FlashAttention = false, TypeK = GGMLType.GGML_TYPE_F32, TypeV = GGMLType.GGML_TYPE_F32,
        };
        using var weights = LLamaWeights.LoadFromFile(parameters);
        using var context = weights.CreateContext(parameters);
        var batch = new LLamaBatch();
        for (var i = 0; i < tokens.Length; i++) batch.Add(tokens[i], i, LLamaSeqId.Zero, logits: true);
        if (context.NativeHandle.Decode(batch) != DecodeResult.Ok) throw new InvalidOperationException(file);
        return [.. tokens.Skip(1).Select((next, i) => LogProbability(Logits(context, i), next))];
    }

    public static double LogProbability(double[] logits, int token)
    {
        var greatest = logits.Max();
        return logits[token] - greatest - Math.Log(logits.Sum(l => Math.Exp(l - greatest)));
    }

    static double[] Logits(LLamaContext context, int position) =>
        [.. context.NativeHandle.GetLogitsIth(position).ToArray().Select(l => (double)l)];
}
CODE

dotnet build scores.csproj -c Release -o out -v q --nologo -m:1 1>&2
dotnet out/scores.dll
