using LlmKick.Quickstart.Training;
using LlmKick.Sdk.Tensors;

if (args is not [var folder, var state])
{
    Console.WriteLine("""
        Makes the quickstart's world, trains its model and writes both.

            dotnet run --project tests/Quickstart -c Release -- recipes/quickstart artifacts/quickstart.state

        The state lets a training that was stopped go on; remove it to begin anew.
        """);
    return;
}

LibTorchSettings.Apply();
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) => { press.Cancel = true; stop.Cancel(); };
try
{
    var maker = new ModelMaker(TrainingPlan.Quickstart, folder, state);
    maker.Run(line => Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {line}"), stop.Token);
    Console.WriteLine(FormattableString.Invariant(
        $"A 5-gram model of 4 M tokens has a perplexity of {maker.NgramPerplexity(4_000_000, 5):0.00} on text.txt."));
}
catch (OperationCanceledException)
{
    Console.WriteLine("Stopped. The same command goes on.");
    Environment.ExitCode = 130;
}
