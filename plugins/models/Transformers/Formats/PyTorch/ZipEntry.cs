namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>A stored entry: bytes from the file's start, and how many.</summary>
internal readonly record struct ZipEntry(long Start, long Length);
