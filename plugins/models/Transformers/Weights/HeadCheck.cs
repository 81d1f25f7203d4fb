using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Weights;

/// <summary>Finds out whether the head is the embedding: files may hold another head beside a tied embedding, which is then used.</summary>
internal static class HeadCheck
{
    public static ModelSpec Tied(ModelSpec spec, IWeightSource source)
    {
        if (!spec.Ends.Tied)
            return spec;
        var names = new FileNames(spec, source);
        var (head, embedding) = (names.Of(spec.Head), names.Of(spec.Embedding));
        if (head is null || embedding is null || !source.Contains(head) || !source.Contains(embedding) || AreEqual(source, head, embedding))
            return spec.With(isTied: true);
        spec.Config.Note("the configuration says that the head is the embedding, the file has another head, which is used");
        return spec;
    }

    private static bool AreEqual(IWeightSource source, string head, string embedding)
    {
        if (!source.Shape(head).SequenceEqual(source.Shape(embedding)))
            return false;
        var type = source.StoredType(head) is { } stored && stored == source.StoredType(embedding) ? stored : ScalarType.Float32;
        using var scope = NewDisposeScope();
        return source.Read(head, type).eq(source.Read(embedding, type)).all().item<bool>();
    }
}
