using System.Globalization;
using LlmKick.Quickstart.Text;
using LlmKick.Quickstart.World;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Statistics;
using LlmKick.Transformers.Tokenization.Loading;
using static TorchSharp.torch;

namespace LlmKick.Quickstart.Training;

/// <summary>Makes a world, its tokenizer and its questions, trains a model on it and writes everything as files.</summary>
/// <param name="plan">What is made.</param>
/// <param name="folder">Takes <c>model/</c> and the data.</param>
/// <param name="state">The file that training can go on from.</param>
internal sealed class ModelMaker(TrainingPlan plan, string folder, string state)
{
    private const int StepsBetweenStates = 250;
    private readonly SyntheticWorld world = new(plan.Seed, plan.People);

    /// <summary>Does everything that is not done yet.</summary>
    /// <param name="tell">Told what happens, a line at a time.</param>
    /// <param name="cancellationToken">Stops after a step; what was learned is kept.</param>
    /// <returns>The share of right answers to each set of questions at the end.</returns>
    public IReadOnlyDictionary<string, double> Run(Action<string> tell, CancellationToken cancellationToken)
    {
        var model = Path.Combine(folder, "model");
        TokenizerFile.Write(model, new DocumentMaker(world, plan.PhaseAt(0).Mix), plan.Seed, plan.Shape.Vocabulary);
        EvaluationFiles.Write(folder, world, new DocumentMaker(world, plan.PhaseAt(plan.Steps).Mix), plan.Seed);
        using var weights = new Weights(plan.Shape, (long)plan.Seed);
        var tokenizer = TokenizerJson.Load(model);
        var learned = OnThreads(plan.Threads, () => Train(weights, tokenizer, tell, cancellationToken));
        ModelFolder.Write(model, weights);
        tell(string.Create(CultureInfo.InvariantCulture, $"The model of {weights.Count:#,0} parameters is in '{model}'."));
        return learned;
    }

    /// <summary>The perplexity that counting alone gives on the quickstart's text: an n-gram model of as many tokens as are asked
    /// for.</summary>
    /// <param name="tokens">Tokens counted, drawn as training's are.</param>
    /// <param name="order">Tokens in the longest n-gram.</param>
    public double NgramPerplexity(int tokens, int order)
    {
        var tokenizer = TokenizerJson.Load(Path.Combine(folder, "model"));
        var documents = new DocumentMaker(world, plan.PhaseAt(plan.Steps).Mix);
        var random = new SplitMix64(plan.Seed);
        var counted = new List<int>(tokens);
        while (counted.Count < tokens)
            counted.AddRange(tokenizer.Encode(EvaluationFiles.Text(documents, random)));
        return new NgramModel(counted, order, plan.Shape.Vocabulary)
            .Perplexity(tokenizer.Encode(File.ReadAllText(Path.Combine(folder, "text.txt"))));
    }

    private static T OnThreads<T>(int threads, Func<T> work)
    {
        var before = get_num_threads();
        set_num_threads(threads);
        try
        {
            return work();
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private Dictionary<string, double> Train(Weights weights, ITokenizer tokenizer, Action<string> tell,
        CancellationToken cancellationToken)
    {
        using var network = new Network(weights, ScalarType.BFloat16);
        using var optimizer = new AdamW(weights, plan.Decay);
        var kept = new TrainingState(state, weights, optimizer);
        var batches = new BatchMaker(world, plan, tokenizer);
        var trainer = new Trainer(network, optimizer, batches, new Schedule(plan.Rate, 100, plan.Steps));
        var questions = Questions.Of(world, tokenizer);
        var (loss, begun, learned) = (0.0, kept.Restore(), new Dictionary<string, double>());
        for (var step = begun; step < plan.Steps; step++)
        {
            loss += trainer.Step(step);
            var isDue = (step + 1) % StepsBetweenStates == 0 || step + 1 == plan.Steps;
            if (isDue || cancellationToken.IsCancellationRequested)
                kept.Save(step + 1);
            cancellationToken.ThrowIfCancellationRequested();
            if (!isDue)
                continue;
            learned = questions.ToDictionary(set => set.Name, set => trainer.Accuracy(set.Items));
            tell(string.Create(CultureInfo.InvariantCulture, $"step {step + 1} of {plan.Steps}, {plan.TokensUntil(step + 1) / 1e6:0.0} M "
                + $"tokens: loss {loss / Math.Min(StepsBetweenStates, step + 1 - begun):0.000}")
                + string.Concat(learned
                    .Select(set => string.Create(CultureInfo.InvariantCulture, $", {set.Key} {100 * set.Value:0.0} %"))));
            loss = 0;
        }
        return learned;
    }
}
