using EPM.Forecast.Domain;
using EPM.Sales.Contracts;

namespace EPM.Forecast.Overrides;

/// <summary>An override with what it reaches.</summary>
internal sealed record LaidOverride(Override Made, OverrideReach Reach, Formula Formula)
{
    /// <summary>From coarse to fine: the order is the same for every cell, whatever it feels of it.</summary>
    public static LaidOverride[] InOrder(IEnumerable<LaidOverride> overrides) => [.. FeltOverride.InOrder(overrides, laid => laid.Felt(null))];

    public FeltOverride Felt(IReadOnlyList<long>? shares) => new(
        Made.OverrideId, Made.Breadth, Reach.Depth, Made.CreatedAt, Made.FromDay, Made.ToDay, Formula, shares);
}

/// <summary>The overrides that count, as they lie on cells.</summary>
internal sealed class OverrideLayer
{
    public static readonly OverrideLayer None = new([], new Shares());

    private readonly LaidOverride[] _inOrder;
    private readonly Shares _shares;

    public OverrideLayer(IReadOnlyList<LaidOverride> overrides, Shares shares)
    {
        _shares = shares;
        _inOrder = LaidOverride.InOrder(overrides);
    }

    public bool IsEmpty => _inOrder.Length == 0;

    /// <summary>From coarse to fine.</summary>
    public IReadOnlyList<LaidOverride> Overrides => _inOrder;

    /// <summary>The same with one override more, which is not stored yet.</summary>
    /// <param name="cells">Those its shares are of; null shares for a formula that is of each day.</param>
    public OverrideLayer With(LaidOverride laid, IReadOnlyList<CellMeans> cells, long[]? shares)
    {
        var more = new Shares(_shares);
        if (shares is not null)
        {
            var days = shares.Length / cells.Count;
            for (var i = 0; i < cells.Count; i++)
                more.Add(OverrideKey.Of(laid.Made), cells[i].Cell.StoreNo, cells[i].Cell.ProductNo, new ArraySegment<long>(shares, i * days, days));
        }
        return new OverrideLayer([.. _inOrder, laid], more);
    }

    /// <returns>What a cell feels, in the order it is applied in.</returns>
    public IReadOnlyList<FeltOverride> On(CellKey cell)
    {
        List<FeltOverride>? felt = null;
        foreach (var laid in _inOrder)
        {
            if (!laid.Reach.Has(cell))
                continue;
            var shares = laid.Formula.IsOfEachDay ? null : _shares.Of(OverrideKey.Of(laid.Made), cell.StoreNo, cell.ProductNo);
            // A cell that came after a total was shared has no part of it.
            if (laid.Formula.IsOfEachDay || shares is not null)
                (felt ??= []).Add(laid.Felt(shares));
        }
        return felt ?? (IReadOnlyList<FeltOverride>)[];
    }

    /// <returns>What is forecast by day in ten-thousandths, null where no override is; null when none is on any day.</returns>
    public long?[]? MeansOf(CellKey cell, DateOnly first, ReadOnlySpan<double> means)
    {
        var felt = On(cell);
        if (felt.Count == 0)
            return null;
        var days = OverriddenMeans.Of(first, means, felt);
        return Array.Exists(days, day => day is not null) ? days : null;
    }
}
