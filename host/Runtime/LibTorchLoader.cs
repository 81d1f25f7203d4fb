using System.Runtime.InteropServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Tensors;

namespace LlmKick.Runtime;

/// <summary>Loads libtorch by full path before TorchSharp asks for it by name, which then finds what is loaded: there is only one in the
/// process.</summary>
/// <remarks>When TorchSharp does not find its libraries it writes to stdout and copies half a gigabyte about; it must never come to
/// that.</remarks>
internal static class LibTorchLoader
{
    /// <summary>Loads libtorch into this process; once loaded it stays.</summary>
    /// <exception cref="LlmKickException">A library cannot be loaded.</exception>
    public static void Load(LibTorch libTorch)
    {
        LibTorchSettings.Apply();
        if (libTorch.IsUsers)
            LoadFile(Path.Combine(libTorch.Folder, NativeNames.Library("torch")), libTorch);
        if (libTorch.HasCuda)
            LoadFile(Path.Combine(libTorch.Folder, NativeNames.Library("torch_cuda")), libTorch);
        LoadFile(libTorch.Bridge, libTorch);
    }

    private static void LoadFile(string path, LibTorch libTorch)
    {
        try
        {
            NativeLibrary.Load(path);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            var cure = libTorch.IsUsers
                ? $"Check that {LibTorch.Variable} names a whole libtorch {LibTorch.ExpectedVersion} for this system, or unset it."
                : "Linux needs glibc 2.35 and libstdc++ of GCC 12 or newer (Debian 12, Ubuntu 22.04); Windows needs the Visual "
                    + "C++ runtime.";
            throw new LlmKickException($"'{path}' cannot be loaded: {Cause(failure)} {cure}", failure);
        }
    }

    private static string Cause(Exception failure) =>
        failure.Message.ReplaceLineEndings("\n").Split('\n').LastOrDefault(line => line.Contains(':'))?.Trim() ?? failure.Message;
}
