namespace EPM.Sales.Demo;

/// <summary>When people come: towards noon and after work; in Ramadan before the fast is broken, and late.</summary>
internal sealed class OpeningHours
{
    private static readonly OpeningHours Usual = new(8, [3, 5, 7, 9, 11, 8, 5, 5, 7, 11, 14, 11, 5]);
    private static readonly OpeningHours Friday = new(8, [4, 6, 8, 10, 12, 4, 2, 5, 8, 12, 14, 11, 5]);
    private static readonly OpeningHours Sunday = new(9, [5, 8, 11, 13, 9, 5, 4, 6, 10, 11, 6]);
    private static readonly OpeningHours Fasting = new(9, [3, 5, 6, 6, 6, 6, 8, 13, 16, 8, 3, 7, 10, 6]);

    private readonly int _opens;
    private readonly double[] _sums;

    private OpeningHours(int opens, int[] weights)
    {
        _opens = opens;
        _sums = new double[weights.Length];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
            _sums[i] = sum += weights[i];
    }

    public static OpeningHours On(DateOnly day, bool fasting) =>
        fasting ? Fasting : day.DayOfWeek switch
        {
            DayOfWeek.Friday => Friday,
            DayOfWeek.Sunday => Sunday,
            _ => Usual,
        };

    /// <returns>A second of the day.</returns>
    public int Draw(ref Dice dice) => ((_opens + dice.Pick(_sums)) * 3600) + dice.Below(3600);
}
