using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Reports;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk;

/// <summary>Takes what a plugin offers. A name is what recipes write: lower case, digits and hyphens.</summary>
/// <remarks>
/// Options are records with a parameterless constructor whose property initialisers are the defaults and whose properties
/// carry <see cref="Options.OptionAttribute"/>. The host binds and checks them before <c>create</c> is called.
/// </remarks>
public interface IPluginRegistry
{
    /// <summary>Offers a compression method.</summary>
    /// <param name="name">The name in recipes, such as <c>wanda</c>.</param>
    /// <param name="help">One line on what the method does.</param>
    /// <param name="create">Makes the method from checked options.</param>
    /// <typeparam name="TOptions">The method's options.</typeparam>
    void AddCompressor<TOptions>(string name, string help, Func<TOptions, ICompressor> create) where TOptions : class, new();

    /// <summary>Offers a kind of model.</summary>
    /// <param name="name">The name in recipes, such as <c>transformers</c>.</param>
    /// <param name="help">One line on what can be loaded.</param>
    /// <param name="create">Makes the loader from checked options.</param>
    /// <typeparam name="TOptions">The loader's options.</typeparam>
    void AddModel<TOptions>(string name, string help, Func<TOptions, IModelLoader> create) where TOptions : class, new();

    /// <summary>Offers a task.</summary>
    /// <param name="name">The name in recipes, such as <c>mmlu</c>.</param>
    /// <param name="help">One line on what is measured.</param>
    /// <param name="create">Makes the task from checked options.</param>
    /// <typeparam name="TOptions">The task's options.</typeparam>
    void AddTask<TOptions>(string name, string help, Func<TOptions, ITask> create) where TOptions : class, new();

    /// <summary>Offers a format that models are saved in, of every loader whose <see cref="IModelLoader.Checkpoints"/> shows
    /// them.</summary>
    /// <param name="writer">Writes models in it; its <see cref="ICheckpointWriter.Format"/> has the name that recipes write.</param>
    void AddCheckpointFormat(ICheckpointWriter writer);

    /// <summary>Offers a way in which linears are stored, that this plugin's methods give them: blocks that are kept for resuming can be
    /// read again.</summary>
    /// <param name="kind">Its <see cref="LinearEncoding.Kind"/>, such as <c>codebook</c>.</param>
    /// <param name="help">One line on how weights are stored.</param>
    /// <typeparam name="TEncoding">The encoding: a record that is written and read as JSON.</typeparam>
    void AddEncoding<TEncoding>(string kind, string help) where TEncoding : LinearEncoding;

    /// <summary>Offers a kind of request that the plugin's tasks ask. A model that is computed in this process answers it by
    /// <see cref="Request.PassOver"/>; another needs a plugin that knows the kind.</summary>
    /// <param name="name">What stored requests and responses are marked with, such as <c>hidden-states</c>.</param>
    /// <param name="help">One line on what is asked.</param>
    /// <typeparam name="TRequest">The request: a record; what can be set of it is stored.</typeparam>
    /// <typeparam name="TResponse">What answers it: a record whose numbers are stored with the sample.</typeparam>
    void AddRequest<TRequest, TResponse>(string name, string help) where TRequest : Request where TResponse : Response;

    /// <summary>Offers a section of reports, which <c>run</c> and <c>report</c> then write.</summary>
    /// <param name="name">A name, such as <c>layer-errors</c>.</param>
    /// <param name="help">One line on what the section tells.</param>
    /// <param name="make">Makes the section of what was measured; null where it has nothing to tell of this run. What it throws costs this
    /// section alone.</param>
    void AddReportSection(string name, string help, Func<RunView, ReportSection?> make);
}
