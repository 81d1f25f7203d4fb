namespace LlmKick.Tests;
public sealed class Smoke { [Fact] public void Torch_Loads() => Assert.Equal(2f, TorchSharp.torch.ones(2).sum().item<float>()); }
