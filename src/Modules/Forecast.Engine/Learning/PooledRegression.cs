using EPM.Forecast.Engine.Methods;
using EPM.Forecast.Engine.Selection;

namespace EPM.Forecast.Engine.Learning;

/// <summary>
/// A regression of the logarithm on calendar, prices, promotions and events (<see cref="Design"/>), with a level that moves:
/// log(1 + y / unit) = x'β + level + noise. The coefficients of all series are drawn from one distribution a column, N(μ, τ²), which is
/// learnt from them (empirical Bayes, Efron and Morris 1975; moments as DerSimonian and Laird 1986): what a promotion does for a product that
/// has seen two is mostly what it does for the others. Cost: O(n p² + p³) a series. History: 20 points, two periods for a season.
/// Zeros: steps at which a column always means zero (closed) are left out and are zero again; all others count. Negative: refused.
/// </summary>
internal sealed class PooledRegression : IFleetMethod
{
    private const int Rounds = 2;
    private const double Faint = 0.05;

    public string Name => "regression";

    public IFitted?[] Fit(IReadOnlyList<History?> fleet, IReadOnlyList<int> horizons, IReadOnlyList<IFitted?> regressions, int threads, CancellationToken ct)
    {
        var cells = new RegressionCell?[fleet.Count];
        Abreast.For(fleet.Count, threads, ct, i =>
        {
            cells[i] = fleet[i] is { } history ? RegressionCell.Of(history) : null;
        });
        var many = cells.Count(cell => cell is not null) >= CoefficientPrior.Fewest;
        for (var round = 0; round < Rounds; round++)
        {
            // What the series say by themselves, nearly without a belief; then again, each in the light of all.
            Abreast.For(fleet.Count, threads, ct, i => cells[i]?.Solve(null, many ? Faint : 1));
            if (many)
                Abreast.For(fleet.Count, threads, ct, Against(CoefficientPrior.Of(cells), cells));
        }
        Abreast.For(fleet.Count, threads, ct, i => cells[i]?.Settle());
        var spreads = PooledSpread.Of(cells);
        return [.. cells.Select(cell => cell is null ? null : (IFitted?)cell.Fitted(spreads))];
    }

    private static Action<int> Against(CoefficientPrior prior, RegressionCell?[] cells) => i => cells[i]?.Solve(prior.For(i), 1);
}
