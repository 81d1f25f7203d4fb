using LlmKick.Sdk.Testing.Numbers;

namespace LlmKick.Tests.Tensors;

public sealed class UnheldNumbersTests
{
    private static readonly string BanFile =
        Path.Combine(SharedData.RepositoryRoot, "sdk", "LlmKick.Sdk", "build", "BannedSymbols.Numbers.txt");

    [Theory]
    [InlineData("M:TorchSharp.Scalar.op_Implicit(System.Double)~TorchSharp.Scalar")]
    [InlineData("M:TorchSharp.torch.Tensor.op_Addition(TorchSharp.torch.Tensor,TorchSharp.torch.Tensor)")]
    [InlineData("M:TorchSharp.torch.Tensor.square")]
    [InlineData("M:TorchSharp.TensorExtensionMethods.ToDouble(TorchSharp.torch.Tensor)")]
    public void Methods_ThatConvert_AreFound(string method) => Assert.Contains(method, UnheldNumbers.Methods);

    [Theory]
    [InlineData("M:TorchSharp.torch.Tensor.op_Multiply(TorchSharp.torch.Tensor,TorchSharp.torch.Tensor)")]
    [InlineData("M:TorchSharp.torch.Tensor.add(TorchSharp.torch.Tensor,TorchSharp.Scalar)")]
    [InlineData("M:TorchSharp.torch.Tensor.pow(TorchSharp.Scalar)")]
    public void Methods_ThatTakeWhatIsGiven_AreNot(string method) => Assert.DoesNotContain(method, UnheldNumbers.Methods);

    /// <summary>After a new TorchSharp: what this prints is what the file has to gain and lose.</summary>
    [Fact]
    public void Methods_ThatAreVisible_AreAllBanned() =>
        Assert.Equal(
            UnheldNumbers.Methods.Order(StringComparer.Ordinal),
            File.ReadLines(BanFile).Where(line => line.StartsWith("M:", StringComparison.Ordinal)).Select(line => line.Split(';')[0])
                .Order(StringComparer.Ordinal));
}
