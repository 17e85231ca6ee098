using EPM.Stores.Contracts;

namespace EPM.Sales.Contracts;

/// <summary>Answered downstream, by who forecasts: where a month that is under way will end.</summary>
public interface IMonthLanding
{
    /// <param name="month">First day of the month.</param>
    /// <param name="stores">Stores whose month is asked for.</param>
    /// <param name="objective">What they are to make together.</param>
    /// <returns>Nothing where it is not known: one of them has days to come and no forecast.</returns>
    Task<MonthOutlook> OfAsync(DateOnly month, IReadOnlyList<StoreMonth> stores, decimal objective, CancellationToken ct);
}

/// <summary>What a store has made of a month so far.</summary>
/// <param name="Through">Last day whose sales are known, at the earliest the day before the month.</param>
/// <param name="Revenue">With tax, in the tenant's currency.</param>
public readonly record struct StoreMonth(StoreSummary Store, DateOnly Through, decimal Revenue);

/// <param name="End">Null where it is not known.</param>
/// <param name="IsComing">Whether it is being worked out and will be known in a moment.</param>
public readonly record struct MonthOutlook(MonthEnd? End, bool IsComing);

/// <summary>Revenue with tax of the whole month, as it may turn out.</summary>
/// <param name="Probability">Of reaching the objective, 0 to 1.</param>
public readonly record struct MonthEnd(double Probability, double P10, double P50, double P90);
