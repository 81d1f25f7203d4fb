using LlmKick.Kick.FreebaseQa;

namespace LlmKick.Tests.Tasks.FreebaseQa;

public sealed class FreebaseQaScorerTests
{
    private const string Prompt = "Please give answer to this question: Which red fish lives near Iran?\nThe answer is ";

    [Theory]
    // Right and wrong, without a quirk.
    [InlineData("cher", "Cher.", 1, 1)]
    [InlineData("cher", "Madonna.", 0, 0)]
    // The question has the answer.
    [InlineData("iran", "Madonna.", 1, 0)]
    // Within a word, and across words once the spaces are gone.
    [InlineData("cove", "They discovered it", 1, 0)]
    [InlineData("roada", "the road ahead", 1, 0)]
    // Another name, another parse.
    [InlineData("cher|cherilyn sarkisian", "Cherilyn Sarkisian", 1, 1)]
    [InlineData("cher#sonny bono", "Sonny Bono", 0, 1)]
    // No stop at the newline: later lines count for the paper.
    [InlineData("paris", "London.\n\nThe answer is Paris.", 1, 0)]
    [InlineData("paris", "\n\nParis.", 1, 1)]
    // Case, punctuation and articles.
    [InlineData("the beatles", "It was Beatles", 0, 1)]
    [InlineData("jay-z", "JAY Z", 0, 1)]
    [InlineData("Mark Wahlberg", "markwahlberg", 1, 0)]
    [InlineData("the the", "The the, of course", 1, 1)]
    // An answer without a word is part of every text, and none of them.
    [InlineData(" ", "Madonna", 1, 0)]
    [InlineData("?", "Madonna", 1, 0)]
    // A list is no answer, wherever the right one stands in it.
    [InlineData("paris", "Paris, London, Rome or Berlin.", 1, 0)]
    [InlineData("berlin", "Paris, London, Rome or Berlin.", 1, 0)]
    [InlineData("paris", "London, Paris, Rome", 1, 0)]
    [InlineData("paris", "It is either Paris or London.", 1, 0)]
    [InlineData("paris", "London/Paris", 1, 0)]
    [InlineData("paris", "Tom, Dick and Paris", 1, 0)]
    [InlineData("paris", "1. Paris\n2. London\n3. Rome", 1, 0)]
    [InlineData("paris", "- London\n- Paris", 1, 0)]
    // What looks like one: a place, a remark, an answer with commas or conjunctions of its own, a number, right answers alone.
    [InlineData("paris", "Paris, France", 1, 1)]
    [InlineData("paris", "Paris, which is the capital of the French, as everybody who reads knows", 1, 1)]
    [InlineData("lennon", "Lennon and McCartney", 1, 1)]
    [InlineData("crosby, stills, nash and young", "Crosby, Stills, Nash and Young.", 1, 1)]
    [InlineData("ac/dc", "AC/DC", 1, 1)]
    [InlineData("9/11", "It is 9/11", 1, 1)]
    [InlineData("100,000", "100,000 men", 1, 1)]
    [InlineData("cher|cherilyn sarkisian", "Cher or Cherilyn Sarkisian", 1, 1)]
    [InlineData("paris", "Paris, Paris, Paris, Paris", 1, 1)]
    [InlineData("italy", "1. Italy", 1, 1)]
    [InlineData("italy", "1. Italy\n\nA:", 1, 1)]
    // Nothing written.
    [InlineData("cher", "", 0, 0)]
    public void Score_WrittenAnswer_BothWays(string answers, string output, double paper, double strict)
    {
        var names = answers.Split('#').Select(parse => parse.Split('|')).ToArray();
        var question = new FreebaseQaQuestion(0, "Which red fish lives near Iran?", names[0], [.. names.SelectMany(n => n)]);
        var scores = FreebaseQaScorer.Score(question, Prompt, output).Values;
        Assert.Equal((paper, strict), (scores["accuracy.paper"], scores["accuracy.strict"]));
    }
}
