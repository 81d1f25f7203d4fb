namespace LlmKick.Kick.Mmlu;

/// <summary>The subjects of MMLU with the groups that they are reported in, as in the table of hendrycks/test.</summary>
/// <remarks>
/// Groups are named as they are: <c>stem</c>, <c>math</c>, <c>abstract_algebra</c>. Where two kinds of group share a name, the wider one
/// keeps it: the category is <c>other</c> and the subcategory <c>subcategory:other</c>; the subcategory is <c>philosophy</c> and the
/// subject
/// <c>subject:philosophy</c>.
/// </remarks>
internal static class MmluSubjects
{
    private static readonly MmluSubcategory[] Table =
    [
        new("stem", "biology", ["college_biology", "high_school_biology"]),
        new("stem", "chemistry", ["college_chemistry", "high_school_chemistry"]),
        new("stem", "computer_science",
            ["college_computer_science", "computer_security", "high_school_computer_science", "machine_learning"]),
        new("stem", "engineering", ["electrical_engineering"]),
        new("stem", "math",
            ["abstract_algebra", "college_mathematics", "elementary_mathematics", "high_school_mathematics", "high_school_statistics"]),
        new("stem", "physics", ["astronomy", "college_physics", "conceptual_physics", "high_school_physics"]),
        new("humanities", "history", ["high_school_european_history", "high_school_us_history", "high_school_world_history", "prehistory"]),
        new("humanities", "law", ["international_law", "jurisprudence", "professional_law"]),
        new("humanities", "philosophy",
            ["formal_logic", "logical_fallacies", "moral_disputes", "moral_scenarios", "philosophy", "world_religions"]),
        new("social_sciences", "culture", ["human_sexuality", "sociology"]),
        new("social_sciences", "economics", ["econometrics", "high_school_macroeconomics", "high_school_microeconomics"]),
        new("social_sciences", "geography", ["high_school_geography"]),
        new("social_sciences", "politics",
            ["high_school_government_and_politics", "public_relations", "security_studies", "us_foreign_policy"]),
        new("social_sciences", "psychology", ["high_school_psychology", "professional_psychology"]),
        new("other", "business", ["business_ethics", "management", "marketing"]),
        new("other", "health", ["anatomy", "clinical_knowledge", "college_medicine", "human_aging", "medical_genetics", "nutrition",
            "professional_medicine", "virology"]),
        new("other", "other", ["global_facts", "miscellaneous", "professional_accounting"]),
    ];

    /// <summary>From each subject, in alphabetical order, to its groups: category, subcategory, subject.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All { get; } = new SortedDictionary<string, IReadOnlyList<string>>(
        Table.SelectMany(row => row.Subjects.Select(subject => (subject, row))).ToDictionary(s => s.subject, s => Groups(s.row, s.subject)),
        StringComparer.Ordinal);

    private static IReadOnlyList<string> Groups(MmluSubcategory row, string subject) =>
    [
        row.Category,
        Table.Any(other => other.Category == row.Name) ? $"subcategory:{row.Name}" : row.Name,
        Table.Any(other => other.Category == subject || other.Name == subject) ? $"subject:{subject}" : subject,
    ];
}
