using LlmKick.Sdk.Statistics;

namespace LlmKick.Quickstart.World;

/// <summary>The values that facts can have.</summary>
internal sealed class Pools
{
    public const int Size = 40;

    public Pools(SplitMix64 random)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        Surnames = Syllables.Names(120, ["er", "son", "ley", "en", "ow", "ard"], random, taken);
        Cities = Syllables.Names(Size, ["ville", "ton", "burg", "by", "mouth"], random, taken);
        Companies = Syllables.Names(Size, ["co", "tech", "works", "corp"], random, taken);
        Schools = Syllables.Names(Size, ["ham", "ford", "stead"], random, taken);
        Rivers = Syllables.Names(Size, ["a", "ow", "el"], random, taken);
        Tools = Syllables.Names(60, ["ix", "on", "ex"], random, taken);
    }

    public IReadOnlyList<string> Surnames { get; }

    public IReadOnlyList<string> Cities { get; }

    public IReadOnlyList<string> Companies { get; }

    public IReadOnlyList<string> Schools { get; }

    public IReadOnlyList<string> Rivers { get; }

    /// <summary>Names of things.</summary>
    public IReadOnlyList<string> Tools { get; }

    public static IReadOnlyList<string> Women { get; } = Words(
        "Ada Alma Anna Beth Clara Cora Dora Edith Ella Emma Erica Fay Flora Freda Grace Hanna Helen Ida Irene Iris Jane Julia Laura Lena "
            + "Lucy Mabel Maria Nina Olga Rosa");

    public static IReadOnlyList<string> Men { get; } = Words(
        "Adam Albert Arno Ben Carl David Earl Emil Erik Felix Frank Fred George Hans Henry Hugo Ivan Jack James Karl Leo Louis Mark Max "
            + "Oscar Otto Paul Peter Ralph Simon");

    public static IReadOnlyList<string> Professions { get; } = Words(
        "actor architect baker barber biologist brewer butcher carpenter chemist clerk cook dancer dentist doctor driver editor "
            + "electrician engineer farmer "
        + "fisher gardener geologist jeweller judge lawyer librarian mason mechanic miner nurse painter pharmacist photographer pilot "
        + "plumber poet potter sculptor tailor teacher");

    public static IReadOnlyList<string> Hobbies { get; } = Words(
        "archery astronomy badminton baking boxing calligraphy camping canoeing carving chess climbing cycling diving drawing embroidery "
            + "fencing fishing gliding "
        + "golf gymnastics hiking hockey juggling karate kayaking knitting origami painting photography poker pottery rowing rugby sailing "
        + "skating skiing surfing swimming tennis yoga");

    public static IReadOnlyList<string> Materials { get; } = Words(
        "amber bamboo basalt brass bronze cedar ceramic chalk clay copper cork cotton crystal ebony felt flint glass gold granite iron "
            + "ivory jade lead leather linen "
        + "maple marble nickel oak paper pewter pine quartz rubber silk silver slate steel tin wool");

    public static IReadOnlyList<string> Goods { get; } = Words(
        "almonds apples barley beer bells boots bread butter candles carpets cheese cherries cider clocks cloth coal coffee dates figs "
            + "flour furs grapes hats honey "
        + "kites lemons mirrors olives onions oranges pears pepper plums ropes saffron salt soap tea tobacco wine");

    private static string[] Words(string list) => list.Split(' ');
}
