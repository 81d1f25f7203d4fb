namespace LlmKick.Tests.Tasks.TriviaQa;

/// <summary>Writes data in SQuAD's format.</summary>
internal static class SquadFile
{
    public const string Small = """
        {"version": "1.1", "data": [{"title": "t", "paragraphs": [
          {"context": "Rome is the capital of Italy.", "qas": [
            {"id": "a", "question": "What is the capital of Italy?", "answers": [{"text": "Rome", "answer_start": 0}, {"text": "the Rome", "answer_start": 0}]},
            {"id": "b", "question": "Rome is the capital of what?", "answers": [{"text": "Italy", "answer_start": 23}]}]},
          {"context": "Paris lies on the Seine.", "qas": [
            {"id": "c", "question": "Where does Paris lie?", "answers": [{"text": "on the Seine", "answer_start": 11}]}]},
          {"context": "Bern is small.", "qas": []}]}]}
        """;
}
