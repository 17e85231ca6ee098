using System.Runtime.InteropServices;

namespace EPM.Forecast.Domain;

/// <summary>What one day of one cell was forecast to be at each step, and what came.</summary>
/// <param name="By">Who overrode it last; null when nobody did.</param>
internal readonly record struct PastDay(int StoreNo, int ProductNo, double Actual, double Naive, double Statistical, double Overridden, Guid? By);

/// <summary>A step of the stairs, or a person, with what it brought.</summary>
/// <param name="Cells">Cells with days that are told here.</param>
/// <param name="Gain">Points of WAPE less than the step before; below zero when it made things worse.</param>
/// <param name="Better">Cells whose error became smaller.</param>
internal sealed record AddedValue<T>(T Key, int Cells, double? Wape, double? Gain, int Better, int Worse);

/// <summary>
/// Forecast value added: from the naive forecast over the statistical one to what people made of it. Of means, for these are what people
/// change and what adds up.
/// </summary>
internal sealed class ValueAdded
{
    public const string Naive = "naive";
    public const string Statistical = "statistical";
    public const string Overridden = "overridden";

    // Errors are sums of floating point: less than this is no difference.
    private const double Equal = 1e-6;

    private readonly Dictionary<(int, int), Errors> _cells = [];
    private readonly Dictionary<(Guid By, int, int), Errors> _ofPersons = [];

    public static ValueAdded Of(IEnumerable<PastDay> days)
    {
        var added = new ValueAdded();
        foreach (var day in days)
            added.Add(day);
        return added;
    }

    public void Add(in PastDay day)
    {
        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(_cells, (day.StoreNo, day.ProductNo), out _);
        cell = cell.With(day);
        if (day.By is not { } by)
            return;
        ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofPersons, (by, day.StoreNo, day.ProductNo), out _);
        own = own.With(day);
    }

    public IReadOnlyList<AddedValue<string>> BySteps()
    {
        var cells = _cells.Values.ToArray();
        if (cells.Length == 0)
            return [];
        return
        [
            new AddedValue<string>(Naive, cells.Length, Wape(cells, cell => cell.Naive), null, 0, 0),
            Step(Statistical, cells, cell => cell.Statistical, cell => cell.Naive),
            Step(Overridden, cells, cell => cell.Overridden, cell => cell.Statistical),
        ];
    }

    /// <summary>Of each person, only the days of which they had the last word, against the statistical forecast of the same days.</summary>
    public IReadOnlyList<AddedValue<Guid>> ByPersons() =>
    [
        .. _ofPersons.GroupBy(cell => cell.Key.By, cell => cell.Value).OrderBy(person => person.Key)
            .Select(person => Step(person.Key, [.. person], cell => cell.Overridden, cell => cell.Statistical)),
    ];

    private static AddedValue<T> Step<T>(T key, Errors[] cells, Func<Errors, double> error, Func<Errors, double> before)
    {
        var (wape, was) = (Wape(cells, error), Wape(cells, before));
        return new AddedValue<T>(key, cells.Length, wape, was - wape,
            cells.Count(cell => error(cell) < before(cell) - Equal), cells.Count(cell => error(cell) > before(cell) + Equal));
    }

    private static double? Wape(Errors[] cells, Func<Errors, double> error)
    {
        var actual = cells.Sum(cell => cell.Actual);
        return actual > 0 ? cells.Sum(error) / actual : null;
    }

    private readonly record struct Errors(double Actual, double Naive, double Statistical, double Overridden)
    {
        public Errors With(in PastDay day) => new(
            Actual + Math.Abs(day.Actual), Naive + Math.Abs(day.Naive - day.Actual), Statistical + Math.Abs(day.Statistical - day.Actual), Overridden + Math.Abs(day.Overridden - day.Actual));
    }
}
