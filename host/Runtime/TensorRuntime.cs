using LlmKick.Sdk;
using TorchSharp;

namespace LlmKick.Runtime;

/// <summary>The tensor core of the process: libtorch, its threads and its device.</summary>
internal static class TensorRuntime
{
    private static readonly Lock Gate = new();
    private static LibTorch? loaded;

    /// <summary>Loads libtorch, sets its threads and checks that the device is there.</summary>
    /// <param name="device">Where to compute.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <returns>The device for TorchSharp.</returns>
    /// <exception cref="LlmKickException">libtorch cannot be loaded, or the device is not there.</exception>
    public static torch.Device Start(DeviceName device, int threads)
    {
        var libTorch = Load();
        SchedulerSlice.Shorten();
        torch.set_num_threads(threads);
        RepeatExactly();
        if (!device.IsCuda)
            return torch.CPU;
        CheckCuda(device, libTorch);
        return new torch.Device(DeviceType.CUDA, device.Index);
    }

    /// <summary>Loads libtorch.</summary>
    /// <exception cref="LlmKickException">It cannot be loaded.</exception>
    public static LibTorch Load()
    {
        lock (Gate)
        {
            if (loaded is not null)
                return loaded;
            var libTorch = LibTorch.Find();
            LibTorchLoader.Load(libTorch);
            return loaded = libTorch;
        }
    }

    private static void RepeatExactly()
    {
        torch.backends.cudnn.allow_tf32 = false;
        torch.backends.cuda.matmul.allow_tf32 = false;
    }

    private static void CheckCuda(DeviceName device, LibTorch libTorch)
    {
        if (!libTorch.HasCuda)
            throw new LlmKickException(
                $"{device} was asked for, and libtorch in '{libTorch.Folder}' is for CPUs only. Set {LibTorch.Variable} to a folder with "
                    + $"libtorch {LibTorch.ExpectedVersion} for CUDA, or use the device cpu.");
        if (!torch.cuda.is_available())
            throw new LlmKickException($"{device} was asked for, and libtorch finds no GPU that it can use. See that 'nvidia-smi' lists "
                + $"one, or use the device cpu.");
        var count = torch.cuda.device_count();
        if (device.Index >= count)
            throw new LlmKickException($"{device} was asked for, and there "
                + $"{(count == 1 ? "is only cuda:0" : $"are only cuda:0 to cuda:{count - 1}")}. Name one of these.");
    }
}
