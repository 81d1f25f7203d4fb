using LlmKick.Recipes;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;

namespace LlmKick.Runs.Work;

/// <summary>The recipe's judge: loaded when first needed, and kept for all variants.</summary>
/// <param name="services">What it works with.</param>
internal sealed class JudgeModel(RunServices services) : IAsyncDisposable
{
    private ILanguageModel? model;

    /// <summary>The judge, which the recipe must name.</summary>
    /// <exception cref="LlmKickException">It cannot be loaded.</exception>
    public async Task<ILanguageModel> LoadAsync(CancellationToken cancellationToken) =>
        model ??= await ComputeThread.RunAsync(() => Load(services.Plan.Recipe.Judge!, cancellationToken)).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => model is null ? ValueTask.CompletedTask : model.DisposeAsync();

    private ILanguageModel Load(ComponentUse judge, CancellationToken cancellationToken) =>
        ((IModelLoader)judge.Component.Create(judge.Options)).Load(
        new ModelLoadContext { Device = services.Device, DataType = services.Plan.DataType, Logger = services.Logger }, cancellationToken);
}
