using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Tokenization.Sources;
using LlmKick.Transformers.Weights;

namespace LlmKick.Transformers.Inspection;

/// <summary>What reading files as a model would say.</summary>
internal static class ReadingNotes
{
    /// <summary>The notes of a model that can be loaded and what it takes in the cache, or why it cannot be loaded.</summary>
    public static (IReadOnlyList<string> Notes, IReadOnlyList<CacheSize> Cache) Of(IWeightSource source)
    {
        try
        {
            var spec = SpecReader.Read(source);
            LayoutCheck.Require(spec, source);
            return ([.. source.Remark is { } remark ? (string[])[remark] : [], .. spec.Config.Notes,
                TextEndNote.Of(TokenizerSource.Load(source))], CacheSizes.Of(spec));
        }
        catch (LlmKickException fault)
        {
            return ([$"it cannot be loaded: {fault.Message}"], []);
        }
    }
}
