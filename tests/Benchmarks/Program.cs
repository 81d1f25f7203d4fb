using LlmKick.Benchmarks;
using LlmKick.Benchmarks.Mixers;
using LlmKick.Benchmarks.Models;
using LlmKick.Benchmarks.Neighbours;
using LlmKick.Benchmarks.Solvers;
using LlmKick.Benchmarks.StartUp;
using LlmKick.Benchmarks.Tokenizers;
using LlmKick.Sdk.Tensors;

if (args is [] or ["--help"])
{
    Console.WriteLine("""
        dotnet run --project tests/Benchmarks -c Release -- solvers             seconds a linear, beside eager calls
        dotnet run --project tests/Benchmarks -c Release -- model MODEL         prefill and decode of a GGUF file or a folder
        dotnet run --project tests/Benchmarks -c Release -- choices MODEL       1,000 questions of four choices, beside the same without shared beginnings
        dotnet run --project tests/Benchmarks -c Release -- products            linears of one to eight rows, beside libtorch's
        dotnet run --project tests/Benchmarks -c Release -- mixers [wanda|gptq] experts and scans of 30B models, or one block compressed and its memory
        dotnet run --project tests/Benchmarks -c Release -- tokenizers DIR TEXT  every kind beside Hugging Face's library; DIR has trained ones, TEXT is a file
        dotnet run --project tests/Benchmarks -c Release -- start-up LLMKICK    verbs that load no model, of a built tool
        dotnet run --project tests/Benchmarks -c Release -- neighbours LLMKICK RECIPE   two runs at once, and one beside busy loops
        """);
    return;
}

LibTorchSettings.Apply();
Machine.Print();
switch (args)
{
    case ["solvers"]:
        SolverBenchmark.Print();
        break;
    case ["model", var path]:
        ModelBenchmark.Print(path);
        break;
    case ["choices", var path]:
        await ChoiceBenchmark.PrintAsync(path);
        break;
    case ["products"]:
        ProductBenchmark.Print();
        break;
    case ["mixers"] or ["mixers", "wanda" or "gptq"]:
        MixerBenchmark.Print(args.ElementAtOrDefault(1));
        break;
    case ["tokenizers", var path, var text]:
        TokenizerBenchmark.Print(path, text);
        break;
    case ["start-up", var path]:
        StartUpBenchmark.Print(path);
        break;
    case ["neighbours", var path, var recipe]:
        NeighboursBenchmark.Print(path, recipe);
        break;
    default:
        Console.Error.WriteLine($"'{string.Join(' ', args)}' names no benchmark: run without arguments to see them.");
        Environment.ExitCode = 2;
        break;
}
