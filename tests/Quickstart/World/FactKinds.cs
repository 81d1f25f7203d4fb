namespace LlmKick.Quickstart.World;

/// <summary>What there is to know in the world, and how it is said.</summary>
internal sealed class FactKinds(Pools pools)
{
    public IReadOnlyList<FactKind> OfPeople { get; } =
    [
        new("birth_city", pools.Cities,
            ["{e} was born in {v}.", "{e} comes from {v}.", "{v} is the birthplace of {e}.", "{e} spent the first years of life in {v}.",
                "The native city of {e} is {v}.", "{e} first saw the light of day in {v}."],
            ["Where was {e} born?", "What is the birthplace of {e}?", "Which city does {e} come from?"]),
        new("school", pools.Schools,
            ["{e} studied at {v}.", "{e} is a graduate of {v}.", "{v} is the school of {e}.", "{e} got a degree from {v}.",
                "The university of {e} was {v}.", "{e} took courses at {v}."],
            ["Where did {e} study?", "What was the university of {e}?", "Which school did {e} go to?"]),
        new("employer", pools.Companies,
            ["{e} works for {v}.", "{e} is employed by {v}.", "{v} is the employer of {e}.", "{e} has a job at {v}.",
                "The company of {e} is {v}.", "{e} earns a living at {v}."],
            ["Who does {e} work for?", "What is the employer of {e}?", "Which company employs {e}?"]),
        new("profession", Pools.Professions,
            ["{e} is a trained {v}.", "By trade {e} is a {v}.", "The profession of {e} is {v}.", "{e} made a career as a {v}.",
                "{e} is known as a skilled {v}.", "People call {e} a good {v}."],
            ["What is the profession of {e}?", "What is {e} by trade?", "What was {e} trained as?"]),
        new("hobby", Pools.Hobbies,
            ["{e} loves {v}.", "{e} spends weekends with {v}.", "The hobby of {e} is {v}.", "{e} is fond of {v}.",
                "In the evenings {e} enjoys {v}.", "For fun {e} goes in for {v}."],
            ["What is the hobby of {e}?", "What does {e} love?", "What does {e} do for fun?"]),
    ];

    public IReadOnlyList<FactKind> OfPlaces { get; } =
    [
        new("river", pools.Rivers,
            ["{e} lies on the river {v}.", "The river {v} flows through {e}.", "The bridges of {e} cross the {v}.",
                "{e} was built on the banks of the {v}."],
            ["Which river flows through {e}?", "On which river does {e} lie?"]),
        new("good", Pools.Goods,
            ["{e} is famous for its {v}.", "Traders come to {e} for {v}.", "The {v} of {e} are sold everywhere.",
                "{e} is proud of its {v}."],
            ["What is {e} famous for?", "What do traders buy in {e}?"]),
    ];

    public IReadOnlyList<FactKind> OfThings { get; } =
    [
        new("maker", pools.Companies,
            ["{e} is made by {v}.", "{v} produces {e}.", "The maker of {e} is {v}.", "{e} comes from the factory of {v}."],
            ["Who makes {e}?", "What is the maker of {e}?"]),
        new("material", Pools.Materials,
            ["{e} consists of {v}.", "{e} is made from {v}.", "The material of {e} is {v}.", "For {e} only {v} is used."],
            ["What does {e} consist of?", "What is the material of {e}?"]),
    ];
}
