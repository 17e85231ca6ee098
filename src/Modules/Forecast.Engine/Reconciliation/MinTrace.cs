namespace EPM.Forecast.Engine.Reconciliation;

/// <summary>
/// MinT with the covariance of the forecasts' errors shrunk to its diagonal (Wickramasuriya, Athanasopoulos and Hyndman 2019; the shrinkage by
/// Schäfer and Strimmer 2005). W = λ D + (1 − λ) E Eᵀ / T is never formed: it is a diagonal and the T errors. With one constraint a node that
/// has children (itself less its children, m of them): y = ŷ − W Cᵀ (C W Cᵀ)⁻¹ C ŷ. Cost: m² T + m³ once, n T a step. For small hierarchies.
/// </summary>
internal sealed class MinTrace
{
    private readonly Hierarchy _tree;
    private readonly int[] _inner;
    private readonly double[] _variances, _errors, _gaps, _factor;
    private readonly int _times;

    /// <param name="errors">Node after node, one value a time.</param>
    private MinTrace(Hierarchy tree, double[] variances, double[] errors, int times)
    {
        (_tree, _variances, _errors, _times) = (tree, variances, errors, times);
        _inner = [.. Enumerable.Range(0, tree.Count).Where(node => !tree.IsLeaf(node))];
        Shrinkage = Shrink(errors, tree.Count, times);
        _gaps = new double[_inner.Length * times];
        for (var k = 0; k < _inner.Length; k++)
        {
            for (var t = 0; t < times; t++)
            {
                var gap = errors[(_inner[k] * times) + t];
                foreach (var child in tree.Children(_inner[k]))
                    gap -= errors[(child * times) + t];
                _gaps[(k * times) + t] = gap;
            }
        }
        _factor = new double[_inner.Length * _inner.Length];
    }

    public double Shrinkage { get; }

    /// <returns>Null where the errors leave nothing to solve.</returns>
    public static MinTrace? Of(Hierarchy tree, double[] variances, double[] errors, int times)
    {
        var trace = new MinTrace(tree, variances, errors, times);
        return trace.Decompose() ? trace : null;
    }

    /// <param name="said">One value a node; replaced by values that add up, none below zero: leaves that would be are set to zero and the
    /// rest summed anew (Di Fonzo and Girolimetto 2023).</param>
    public void Solve(Span<double> said)
    {
        var m = _inner.Length;
        Span<double> gaps = stackalloc double[Math.Min(m, 512)];
        gaps = m > 512 ? new double[m] : gaps[..m];
        for (var k = 0; k < m; k++)
        {
            gaps[k] = said[_inner[k]];
            foreach (var child in _tree.Children(_inner[k]))
                gaps[k] -= said[child];
        }
        Substitute(gaps);
        Span<double> common = stackalloc double[Math.Min(_times, 512)];
        common = _times > 512 ? new double[_times] : common[.._times];
        common.Clear();
        for (var k = 0; k < m; k++)
        {
            for (var t = 0; t < _times; t++)
                common[t] += _gaps[(k * _times) + t] * gaps[k] * (1 - Shrinkage) / _times;
        }
        for (var k = 0; k < m; k++)
        {
            said[_inner[k]] -= Shrinkage * _variances[_inner[k]] * gaps[k];
            foreach (var child in _tree.Children(_inner[k]))
                said[child] += Shrinkage * _variances[child] * gaps[k];
        }
        for (var node = 0; node < _tree.Count; node++)
        {
            for (var t = 0; t < _times; t++)
                said[node] -= _errors[(node * _times) + t] * common[t];
            said[node] = _tree.IsLeaf(node) ? Math.Max(0, said[node]) : said[node];
        }
        _tree.SumUp(said);
    }

    // C W Cᵀ and its Cholesky factor.
    private bool Decompose()
    {
        var m = _inner.Length;
        var place = Enumerable.Range(0, m).ToDictionary(k => _inner[k]);
        for (var k = 0; k < m; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                var sum = 0.0;
                for (var t = 0; t < _times; t++)
                    sum += _gaps[(k * _times) + t] * _gaps[(l * _times) + t];
                _factor[(k * m) + l] = (1 - Shrinkage) * sum / _times;
            }
            var own = _variances[_inner[k]];
            foreach (var child in _tree.Children(_inner[k]))
                own += _variances[child];
            _factor[(k * m) + k] += Shrinkage * own;
            // A node stands in its own constraint and, against it, in its parent's.
            if (_tree.Parent(_inner[k]) is >= 0 and var parent)
                _factor[(k * m) + place[parent]] -= Shrinkage * _variances[_inner[k]];
        }
        for (var k = 0; k < m; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                var sum = _factor[(k * m) + l];
                for (var j = 0; j < l; j++)
                    sum -= _factor[(k * m) + j] * _factor[(l * m) + j];
                if (k == l && !(sum > 0))
                    return false;
                _factor[(k * m) + l] = k == l ? Math.Sqrt(sum) : sum / _factor[(l * m) + l];
            }
        }
        return true;
    }

    private void Substitute(Span<double> b)
    {
        var m = b.Length;
        for (var k = 0; k < m; k++)
        {
            for (var l = 0; l < k; l++)
                b[k] -= _factor[(k * m) + l] * b[l];
            b[k] /= _factor[(k * m) + k];
        }
        for (var k = m - 1; k >= 0; k--)
        {
            for (var l = k + 1; l < m; l++)
                b[k] -= _factor[(l * m) + k] * b[l];
            b[k] /= _factor[(k * m) + k];
        }
    }

    // How uncertain the correlations are against how large: all of W is the diagonal where errors are few.
    private static double Shrink(double[] errors, int nodes, int times)
    {
        var scaled = new double[errors.Length];
        for (var node = 0; node < nodes; node++)
        {
            var row = errors.AsSpan(node * times, times);
            var squares = 0.0;
            foreach (var error in row)
                squares += error * error / times;
            for (var t = 0; t < times && squares > 0; t++)
                scaled[(node * times) + t] = row[t] / Math.Sqrt(squares);
        }
        var (uncertain, large) = (0.0, 0.0);
        for (var i = 0; i < nodes; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (sum, squares) = (0.0, 0.0);
                for (var t = 0; t < times; t++)
                {
                    var product = scaled[(i * times) + t] * scaled[(j * times) + t];
                    (sum, squares) = (sum + product, squares + (product * product));
                }
                var mean = sum / times;
                large += mean * mean;
                uncertain += ((squares / times) - (mean * mean)) / (times - 1);
            }
        }
        // A little of the diagonal always stays: the errors are fewer than the nodes.
        return large <= 0 ? 1 : Math.Clamp(uncertain / large, 0.02, 1);
    }
}
