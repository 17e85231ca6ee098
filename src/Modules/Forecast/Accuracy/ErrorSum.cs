using EPM.Forecast.Answers;

namespace EPM.Forecast.Accuracy;

/// <summary>Adds up errors of forecasts that are alike.</summary>
internal sealed class ErrorSum
{
    private readonly HashSet<(int, int)> _cells = [];
    private double _units, _missed, _naive, _over;
    private int _within, _banded;

    public void Add((int StoreNo, int ProductNo) cell, double came, double middle, double mean, double naive, double low, double high)
    {
        _cells.Add(cell);
        _units += Math.Abs(came);
        _missed += Math.Abs(came - middle);
        _naive += Math.Abs(came - naive);
        _over += mean - came;
        if (double.IsNaN(low))
            return;
        _banded++;
        if (low <= came && came <= high)
            _within++;
    }

    public AccuracyRow Row(string key, string label) => new(key, label, _cells.Count, Rounded.Of(_units), Share(_missed), Share(_naive), Share(_over), null,
        _banded == 0 ? null : Rounded.Of(_within / (double)_banded));

    private double? Share(double of) => _units > 0 ? Rounded.Of(of / _units) : null;
}
