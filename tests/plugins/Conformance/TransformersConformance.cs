using LlmKick.Sdk.Testing.Conformance;
using LlmKick.Transformers;

namespace LlmKick.Tests.Conformance;

public sealed class TransformersConformance : ModelConformance<TransformersPlugin>
{
    protected override string Name => "transformers";

    protected override object Options(TemporaryFolder folder) =>
        new TransformersOptions { Path = new TinyCheckpoint().Write(folder.File("tiny")) };
}
