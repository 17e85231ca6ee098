using EPM.Forecast.Engine.Reconciliation;

namespace EPM.Forecast.Engine.Tests.Reconciliation;

/// <summary>MinT as it is written: S (Sᵀ W⁻¹ S)⁻¹ Sᵀ W⁻¹ ŷ with full matrices.</summary>
internal static class Dense
{
    public static double[] MinT(Hierarchy tree, double[,] w, double[] said)
    {
        var leaves = Enumerable.Range(0, tree.Count).Where(tree.IsLeaf).ToArray();
        var s = new double[tree.Count, leaves.Length];
        for (var j = 0; j < leaves.Length; j++)
        {
            for (var node = leaves[j]; node >= 0; node = tree.Parent(node))
                s[node, j] = 1;
        }
        var weighted = Multiply(Transpose(s), Inverse(w));
        var y = new double[said.Length, 1];
        for (var i = 0; i < said.Length; i++)
            y[i, 0] = said[i];
        var result = Multiply(s, Multiply(Inverse(Multiply(weighted, s)), Multiply(weighted, y)));
        return [.. Enumerable.Range(0, said.Length).Select(i => result[i, 0])];
    }

    private static double[,] Transpose(double[,] a)
    {
        var t = new double[a.GetLength(1), a.GetLength(0)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(1); j++)
                t[j, i] = a[i, j];
        }
        return t;
    }

    private static double[,] Multiply(double[,] a, double[,] b)
    {
        var c = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var k = 0; k < b.GetLength(0); k++)
            {
                for (var j = 0; j < b.GetLength(1); j++)
                    c[i, j] += a[i, k] * b[k, j];
            }
        }
        return c;
    }

    // Gauss and Jordan, the largest pivot first.
    private static double[,] Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
            inverse[i, i] = 1;
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(a[row, column]));
            for (var j = 0; j < n; j++)
            {
                (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
                (inverse[column, j], inverse[pivot, j]) = (inverse[pivot, j], inverse[column, j]);
            }
            var scale = a[column, column];
            for (var j = 0; j < n; j++)
                (a[column, j], inverse[column, j]) = (a[column, j] / scale, inverse[column, j] / scale);
            for (var row = 0; row < n; row++)
            {
                var factor = a[row, column];
                for (var j = 0; j < n && row != column; j++)
                    (a[row, j], inverse[row, j]) = (a[row, j] - (factor * a[column, j]), inverse[row, j] - (factor * inverse[column, j]));
            }
        }
        return inverse;
    }
}
