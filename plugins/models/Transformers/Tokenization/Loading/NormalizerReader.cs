using System.Text;
using LlmKick.Transformers.Tokenization.Normalizing;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads the <c>normalizer</c> part.</summary>
internal static class NormalizerReader
{
    public static INormalizer? Read(TokenizerElement? normalizer) => normalizer?.Type switch
    {
        null => null,
        "Sequence" => new NormalizerChain([.. normalizer.Required("normalizers").Items().Select(part => Read(part)!)]),
        "NFC" => new UnicodeForm(NormalizationForm.FormC),
        "NFD" => new UnicodeForm(NormalizationForm.FormD),
        "NFKC" => new UnicodeForm(NormalizationForm.FormKC),
        "NFKD" => new UnicodeForm(NormalizationForm.FormKD),
        "Lowercase" => CharacterMaps.Lowercase,
        "StripAccents" => CharacterMaps.StripAccents,
        "Nmt" => CharacterMaps.Nmt,
        "ByteLevel" => CharacterMaps.ByteLevel,
        "Prepend" => new Prepend(normalizer.Text("prepend")),
        "Replace" => new Replace(MatcherReader.Read(normalizer), normalizer.Text("content")),
        "Strip" => new Strip(normalizer.Flag("strip_left", absent: true), normalizer.Flag("strip_right", absent: true)),
        "BertNormalizer" => Bert(normalizer),
        "Precompiled" => Precompiled(normalizer),
        _ => throw normalizer.Unsupported(),
    };

    private static NormalizerChain Bert(TokenizerElement bert)
    {
        var lowers = bert.Flag("lowercase", absent: true);
        return new NormalizerChain(
        [
            .. Only(bert.Flag("clean_text", absent: true), CharacterMaps.BertClean),
            .. Only(bert.Flag("handle_chinese_chars", absent: true), CharacterMaps.BertChinese),
            .. Only(bert.Flag("strip_accents", absent: lowers), new UnicodeForm(NormalizationForm.FormD), CharacterMaps.StripNonSpacing),
            .. Only(lowers, CharacterMaps.Lowercase),
        ]);
    }

    private static INormalizer[] Only(bool condition, params INormalizer[] parts) => condition ? parts : [];

    private static INormalizer Precompiled(TokenizerElement part)
    {
        var text = part.Text("precompiled_charsmap");
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? new GraphemeMap(Charsmap.Read(bytes.AsSpan(0, length), part.Fault))
            : throw part.Fault("its 'precompiled_charsmap' is not base64");
    }
}
