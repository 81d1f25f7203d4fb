namespace LlmKick.Sdk.Tasks.Texts;

/// <summary>Vowels and consonants of a word, as Porter's stemmer sees them: y is a vowel after a consonant.</summary>
internal readonly struct WordShape
{
    private readonly string _word;
    private readonly bool[] _isConsonant;

    public WordShape(string word)
    {
        (_word, _isConsonant) = (word, new bool[word.Length]);
        for (var i = 0; i < word.Length; i++)
            _isConsonant[i] = word[i] switch
            {
                'a' or 'e' or 'i' or 'o' or 'u' => false,
                'y' => i == 0 || !_isConsonant[i - 1],
                _ => true,
            };
    }

    /// <summary>Whether a letter is a consonant.</summary>
    public bool IsConsonant(int index) => _isConsonant[index];

    /// <summary>How often a consonant follows a vowel.</summary>
    public int Measure
    {
        get
        {
            var count = 0;
            for (var i = 1; i < _isConsonant.Length; i++)
                count += _isConsonant[i] && !_isConsonant[i - 1] ? 1 : 0;
            return count;
        }
    }

    /// <summary>Whether there is a vowel.</summary>
    public bool HasVowel => _isConsonant.Contains(false);

    /// <summary>Whether it ends in a consonant twice.</summary>
    public bool EndsInDoubleConsonant => _word.Length >= 2 && _word[^1] == _word[^2] && _isConsonant[^1];

    /// <summary>Whether it ends consonant, vowel, consonant (not w, x or y), or is a vowel and a consonant.</summary>
    public bool EndsShort => _isConsonant is [false, true]
        || (_isConsonant is [.., true, false, true] && _word[^1] is not ('w' or 'x' or 'y'));
}
