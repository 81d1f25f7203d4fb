using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Tokenization.Normalizing;

namespace LlmKick.Transformers.Tokenization.SentencePiece;

/// <summary>What a SentencePiece <c>.model</c> file says; what is absent has the format's defaults.</summary>
internal sealed class SentencePieceFile
{
    // The largest known has 10 MB.
    private const long MostBytes = 1 << 28;

    private readonly Func<string, LlmKickException> _fault;

    private SentencePieceFile(Func<string, LlmKickException> fault) => _fault = fault;

    public List<(string Text, float Score, PieceKind Kind)> Pieces { get; } = [];

    /// <summary>1 Unigram, 2 BPE, 3 words, 4 characters.</summary>
    public int ModelType { get; private set; } = 1;

    public bool HasByteFallback { get; private set; }

    public int Begin { get; private set; } = 1;

    public int End { get; private set; } = 2;

    public SpaceRules Spaces { get; private set; } = new();

    public byte[] Charsmap { get; private set; } = [];

    public static SentencePieceFile Read(string path)
    {
        LlmKickException Fault(string what) => new($"The tokenizer of '{path}' cannot be used: {what}.");
        try
        {
            if (new FileInfo(path).Length is > MostBytes and var length)
                throw Fault($"it has {length} bytes, over the limit of {MostBytes}");
            var file = new SentencePieceFile(Fault);
            file.ReadModel(new ProtobufReader(File.ReadAllBytes(path), Fault));
            return file.Pieces.Count > 0 ? file : throw Fault("it is no SentencePiece model, or empty");
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new LlmKickException($"'{path}' cannot be read: {FileFault.Reason(e)}.", e);
        }
    }

    private void ReadModel(ProtobufReader model)
    {
        for (int field; (field = model.Next()) != 0;)
            if (field == 1)
                ReadPiece(new ProtobufReader(model.Content, _fault));
            else if (field == 2)
                ReadTraining(new ProtobufReader(model.Content, _fault));
            else if (field == 3)
                ReadNormalization(new ProtobufReader(model.Content, _fault));
    }

    private void ReadPiece(ProtobufReader piece)
    {
        var (text, score, kind) = ("", 0f, PieceKind.Normal);
        for (int field; (field = piece.Next()) != 0;)
            (text, score, kind) = field switch
            {
                1 => (piece.Text, score, kind),
                2 => (text, piece.Single, kind),
                3 => (text, score, (PieceKind)piece.Integer),
                _ => (text, score, kind),
            };
        Pieces.Add((text, score, kind));
    }

    private void ReadTraining(ProtobufReader training)
    {
        for (int field; (field = training.Next()) != 0;)
            switch (field)
            {
                case 3:
                    ModelType = training.Integer;
                    break;
                case 24:
                    Spaces = Spaces with { IsSuffix = training.Flag };
                    break;
                case 35:
                    HasByteFallback = training.Flag;
                    break;
                case 41:
                    Begin = training.Integer;
                    break;
                case 42:
                    End = training.Integer;
                    break;
            }
    }

    private void ReadNormalization(ProtobufReader normalization)
    {
        for (int field; (field = normalization.Next()) != 0;)
            switch (field)
            {
                case 2:
                    Charsmap = normalization.Content.ToArray();
                    break;
                case 3:
                    Spaces = Spaces with { AddsPrefix = normalization.Flag };
                    break;
                case 4:
                    Spaces = Spaces with { RemovesExtra = normalization.Flag };
                    break;
                case 5:
                    Spaces = Spaces with { Escapes = normalization.Flag };
                    break;
            }
    }
}
