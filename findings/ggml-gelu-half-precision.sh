#!/usr/bin/env bash
# ggml of llama.cpp, as LLamaSharp.Backend.Cpu 0.30.0 ships it (NuGet; here its Linux x64 builds without and with AVX2).
#
# Behaviour: GELU of float32 tensors isn't float32 arithmetic on the CPU. ggml_gelu and ggml_gelu_quick round their input to float16 and
# look the result up in a table of float16: all inputs from 1 to 1 + 1/1024 give two results or fewer, and errors are a thousand times those
# of ggml_silu and ggml_gelu_erf, which compute in float32. ggml_gelu is the tanh form. From 10 on it is x, up to -10 it is 0.
# Nothing in the types of the tensors tells of this: a GGUF file with F32 weights only, run with a float32 cache, is a float32 reference
# for models with SiLU and not for those with GELU.
#
# What a maker of tools that compress or measure language models should do: not take this program's log-probabilities of models with GELU
# as the truth for one's own float32 path, or set the tolerance of such a comparison by the activation (llama-cpp-gelu-scores.sh beside this
# shows the size); not compare a dense model measured in one program with a compressed one measured in another, since the difference looks
# like a cost of compression; and take both sides of a layer's error from the same program.
#
# Needs the .NET 10 SDK and NuGet. Exits 0 as long as this is seen, 1 if it changed.
set -euo pipefail
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false OMP_NUM_THREADS=1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export NUGET_PACKAGES="$folder/packages"

cat > gelu.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="LLamaSharp.Backend.Cpu" Version="[0.30.0]" ExcludeAssets="build" GeneratePathProperty="true" />
  </ItemGroup>
  <ItemGroup>
    <AssemblyAttribute Include="System.Reflection.AssemblyMetadataAttribute">
      <_Parameter1>natives</_Parameter1>
      <_Parameter2>$(PkgLLamaSharp_Backend_Cpu)/LLamaSharpRuntimes/linux-x64/native</_Parameter2>
    </AssemblyAttribute>
  </ItemGroup>
</Project>
PROJECT

cat > Program.cs <<'CODE'
using System.Reflection;
using System.Runtime.Intrinsics.X86;

var natives = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "natives").Value!;
var build = args[0];
if (build == "avx2" && !(Avx2.IsSupported && Fma.IsSupported)) { Console.WriteLine("avx2: this processor lacks it, left out"); return 0; }
var ggml = new Ggml(Path.Combine(natives, build));

var wide = Enumerable.Range(0, 8001).Select(i => (float)(-8 + i * 0.002 + 0.0001234)).ToArray();
var narrow = Enumerable.Range(0, 1024).Select(i => 1f + i / 1048576f).ToArray();
var ends = new[] { -1000f, -12.345f, 12.345f, 1000.5f };

var rows = new (string Op, Func<double, double> Truth)[]
{
    ("ggml_gelu", Tanh), ("ggml_gelu_quick", x => x / (1 + Math.Exp(-1.702 * x))),
    ("ggml_gelu_erf", Erf), ("ggml_silu", x => x / (1 + Math.Exp(-x))),
};
Console.WriteLine($"{build}: operation, largest error on 8001 inputs in -8..8, distinct results of 1024 inputs from 1 to 1 + 1/1024");
var seen = rows.ToDictionary(
    r => r.Op, r => (Error: Worst(ggml.Apply(r.Op, wide), r.Truth), Distinct: ggml.Apply(r.Op, narrow).Distinct().Count()));
foreach (var (op, what) in seen) Console.WriteLine($"  {op,-16} {what.Error:0.0e+0}  {what.Distinct}");
var gelu = ggml.Apply("ggml_gelu", wide);
var rounded = wide.Zip(gelu).Count(p => p.Second == (float)(Half)SinglePrecisionTanh((float)(Half)p.First));
var (toTanh, toErf) = (Mean(gelu, Tanh), Mean(gelu, Erf));
Console.WriteLine($"  ggml_gelu is float16(gelu(float16(x))) for {rounded} of {wide.Length}");
Console.WriteLine($"  its mean error to the tanh form {toTanh:0.0e+0}, to the erf form {toErf:0.0e+0}");
var outside = ggml.Apply("ggml_gelu", ends);
Console.WriteLine($"  ggml_gelu of {string.Join(", ", ends)}: {string.Join(", ", outside)}");

bool Half16(string op) => seen[op].Error > 5e-4 && seen[op].Distinct <= 2;
bool Float32(string op) => seen[op].Error < 5e-6 && seen[op].Distinct > 900;
var asDescribed = Half16("ggml_gelu") && Half16("ggml_gelu_quick") && Float32("ggml_gelu_erf") && Float32("ggml_silu")
    && rounded > 0.99 * wide.Length && toTanh < toErf && outside.SequenceEqual([0f, 0f, ends[2], ends[3]]);
Console.WriteLine(asDescribed ? "  as described" : "  CHANGED");
return asDescribed ? 0 : 1;

double Worst(float[] y, Func<double, double> truth) => wide.Zip(y).Max(p => Math.Abs(p.Second - truth(p.First)));
double Mean(float[] y, Func<double, double> truth) => wide.Zip(y).Average(p => Math.Abs(p.Second - truth(p.First)));
static float SinglePrecisionTanh(float x) => 0.5f * x * (1 + MathF.Tanh(0.7978845608f * x * (1 + 0.044715f * x * x)));
static double Tanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
// The normal distribution by Simpson's rule, from 0 to x: no error function in .NET, and this is exact to 1e-12 here.
static double Erf(double x)
{
    const int steps = 400;
    double Density(double t) => Math.Exp(-t * t / 2) / Math.Sqrt(2 * Math.PI);
    var h = x / steps;
    var sum = Enumerable.Range(0, steps + 1).Sum(i => (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Density(i * h));
    return x * (0.5 + sum * h / 3);
}
CODE

cat > Ggml.cs <<'CODE'
using System.Runtime.InteropServices;

/// <summary>One elementwise operation at a time on a float32 tensor, with one thread, through ggml's C functions.</summary>
sealed unsafe class Ggml
{
    readonly nint basis, cpu;

    public Ggml(string folder)
    {
        basis = NativeLibrary.Load(Path.Combine(folder, "libggml-base.so"));
        cpu = NativeLibrary.Load(Path.Combine(folder, "libggml-cpu.so"));
        ((delegate* unmanaged<void>)NativeLibrary.GetExport(cpu, "ggml_cpu_init"))();
    }

    public float[] Apply(string operation, float[] x)
    {
        var context = ((delegate* unmanaged<Parameters, nint>)Base("ggml_init"))(new() { Bytes = 16 << 20 });
        var input = ((delegate* unmanaged<nint, int, long, nint>)Base("ggml_new_tensor_1d"))(context, 0, x.Length);
        x.CopyTo(new Span<float>(Data(input), x.Length));
        var output = ((delegate* unmanaged<nint, nint, nint>)Base(operation))(context, input);
        var graph = ((delegate* unmanaged<nint, nint>)Base("ggml_new_graph"))(context);
        ((delegate* unmanaged<nint, nint, void>)Base("ggml_build_forward_expand"))(graph, output);
        var run = (delegate* unmanaged<nint, nint, int, int>)NativeLibrary.GetExport(cpu, "ggml_graph_compute_with_ctx");
        if (run(context, graph, 1) != 0) throw new InvalidOperationException(operation);
        var y = new Span<float>(Data(output), x.Length).ToArray();
        ((delegate* unmanaged<nint, void>)Base("ggml_free"))(context);
        return y;
    }

    nint Base(string name) => NativeLibrary.GetExport(basis, name);
    void* Data(nint tensor) => ((delegate* unmanaged<nint, void*>)Base("ggml_get_data"))(tensor);

    [StructLayout(LayoutKind.Sequential)]
    struct Parameters { public nuint Bytes; public nint Buffer; public byte NoAllocation; }
}
CODE

dotnet build gelu.csproj -c Release -o out -v q --nologo -m:1 1>&2
status=0
for build in noavx avx2; do dotnet out/gelu.dll "$build" || status=1; done
exit $status
