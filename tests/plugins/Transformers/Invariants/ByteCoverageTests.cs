using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Weights;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>Nothing of a model's files is forgotten: what its parameters take there and what is carried over unread are all of the
/// bytes.</summary>
public sealed class ByteCoverageTests
{
    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Parameters_WithWhatIsUnread_AddUpToTheFiles(string name)
    {
        var path = SharedData.Require($"golden/architectures/{name}");
        using var files = (FolderWeights)WeightSource.Open(path);
        var spec = SpecReader.Read(files);
        var source = new ParameterSource(spec, files);
        var parameters = spec.Parameters().ToList();
        var rest = files.Files.Names.Except(source.FileNames(parameters)).ToList();
        var unread = rest.Where(UnreadTensors.AreDerived).Union(UnreadTensors.OfOthers(spec, source, rest))
            .Union(rest.Where(own => spec.IsTied && own == source.FileName(spec.Head)));
        Assert.Equal(files.Files.Names.Sum(own => files.Files.Describe(own).Bytes),
            parameters.Sum(own => Bytes(own, source, files)) + unread.Sum(own => files.Files.Describe(own).Bytes));
    }

    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Blocks_AllOfThem_HaveTheLinearsOfTheSpec(string name)
    {
        using var model = ModelUnderTest.Load($"golden/architectures/{name}");
        for (var index = 0; index < model.Blockwise.BlockCount; index++)
        {
            using var block = model.Blockwise.Open(index);
            Assert.Equal(
                model.Spec.BlockParameters(index).Where(own => own.IsLinear).Select(own => (own.Spec.Name, own.Spec.Count)).Order(),
                block.Groups.SelectMany(group => group.Linears)
                    .Select(own => (own.Name + ".weight", (long)own.Outputs * own.Inputs)).Order());
        }
    }

    /// <summary>By its own count, for several may lie in one tensor. 32 numbers of MXFP4 are 16 bytes and an exponent.</summary>
    private static long Bytes(Parameter parameter, ParameterSource source, FolderWeights files) =>
        source.StackOf(parameter) is { Place.IsMxfp4: true } ? parameter.Spec.Count / 32 * 17
            : parameter.Spec.Count * files.Files.Describe(source.FileName(parameter)!).Dtype switch
            {
                "F32" => 4,
                "BF16" or "F16" => 2,
                var other => throw new InvalidOperationException($"{parameter.Name} is stored as {other}."),
            };
}
