using System.Buffers.Binary;
using System.Text.Json;

namespace LlmKick.Sdk.Files;

/// <summary>Reads and checks the header: an 8-byte length, then JSON; offsets count from the end of the header.</summary>
internal sealed class SafetensorsHeader
{
    private const int PrefixLength = 8;
    // The reference implementation's limit.
    private const int LengthLimit = 100_000_000;
    private const string Advice = "Download the file again, or write it anew.";

    private readonly string _path;
    private readonly string? _stranger;
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private long _dataStart;
    private long _dataLength;

    private SafetensorsHeader(MappedFile file) =>
        (_path, _stranger) = (file.Path, StrangeFile.Explain(file.Span(0, (int)Math.Min(file.Length, StrangeFile.Start))));

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    public static SafetensorsHeader Read(MappedFile file)
    {
        var header = new SafetensorsHeader(file);
        header.Read(header.Text(file));
        header.CheckLayout();
        return header;
    }

    private ReadOnlySpan<byte> Text(MappedFile file)
    {
        if (file.Length < PrefixLength)
            throw Fault($"it has {file.Length} bytes, less than the {PrefixLength} of the header's length");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span(0, PrefixLength));
        if (length > LengthLimit)
            throw Fault($"its header claims {length} bytes, over the limit of {LengthLimit}");
        if (length > (ulong)(file.Length - PrefixLength))
            throw Fault($"its header claims {length} bytes but the file has {file.Length}; it may be cut short");
        _dataStart = PrefixLength + (long)length;
        _dataLength = file.Length - _dataStart;
        return file.Span(PrefixLength, (int)length);
    }

    private void Read(ReadOnlySpan<byte> text)
    {
        using var document = Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Fault("its header is not a JSON object");
        foreach (var property in document.RootElement.EnumerateObject())
            if (property.NameEquals("__metadata__"))
                ReadMetadata(property.Value);
            else
                _entries.Add(property.Name, SafetensorsEntryReader.Read(property, _dataStart, _dataLength, Fault));
    }

    private JsonDocument Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return StrictJson.Parse(text.ToArray());
        }
        catch (JsonException e)
        {
            throw new LlmKickException(Sentence($"its header is not JSON. {e.Message.TrimEnd('.')}"), e);
        }
    }

    private void ReadMetadata(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
            throw Fault("'__metadata__' is not a map of texts");
        foreach (var property in metadata.EnumerateObject())
            _metadata.Add(property.Name, property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : throw Fault($"'__metadata__' has a value that is not text: '{property.Name}'"));
    }

    private void CheckLayout()
    {
        var position = _dataStart;
        foreach (var entry in _entries.Values.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Length))
        {
            if (entry.Offset != position)
                throw Fault(
                    $"tensor '{entry.Name}' {(entry.Offset < position ? "overlaps the tensor before it" : "leaves a gap before it")}");
            position += entry.Length;
        }
        if (position != _dataStart + _dataLength)
            throw Fault($"{_dataStart + _dataLength - position} bytes at its end belong to no tensor");
    }

    private LlmKickException Fault(string what) => new(Sentence(what));

    private string Sentence(string what) =>
        $"'{_path}' is not a valid safetensors file: {(_stranger is null ? $"{what}. {Advice}" : $"it is {_stranger}.")}";
}
