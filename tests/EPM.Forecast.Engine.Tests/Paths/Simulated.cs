using EPM.Forecast.Engine.Kernels;
using EPM.Forecast.Engine.Paths;

namespace EPM.Forecast.Engine.Tests.Paths;

/// <summary>A chain whose errors hang together in a way that is known, told by a generator of its own.</summary>
internal sealed class Simulated(Dependence truth, int stores, int products, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Normal with mean 100 and deviation 20 at every step, which is what came too.</summary>
    public static Prediction Normals(int horizon, double mean = 100, double deviation = 20)
    {
        var prediction = Prediction.Empty(horizon);
        for (var step = 0; step < horizon; step++)
        {
            prediction.Mean[step] = mean;
            for (var level = 0; level < Prediction.Levels.Count; level++)
                prediction[step, level] = mean + (deviation * Normal.Quantile(Prediction.Levels[level]));
        }
        return prediction;
    }

    /// <summary>Counts by chance alone.</summary>
    public static Prediction Poisson(int horizon, double mean)
    {
        var prediction = Prediction.Empty(horizon);
        for (var step = 0; step < horizon; step++)
        {
            prediction.Mean[step] = mean;
            for (var level = 0; level < Prediction.Levels.Count; level++)
                prediction[step, level] = Count(mean, Prediction.Levels[level]);
        }
        return prediction;
    }

    /// <summary>The count of that probability.</summary>
    public static double Count(double mean, double probability)
    {
        var (count, chance) = (0, Math.Exp(-mean));
        for (var below = chance; below < probability; below += chance)
            chance *= mean / ++count;
        return count;
    }

    /// <returns>One value a store, product and step: what comes over one horizon.</returns>
    public double[][][] Come(int horizon)
    {
        var whole = Draw(truth.Whole, horizon);
        return [.. Enumerable.Range(0, stores).Select(_ =>
        {
            var shared = Draw(truth.Store, horizon);
            return Enumerable.Range(0, products).Select(_ =>
            {
                var own = Draw(truth.Own, horizon);
                return own.Select((error, t) => 100 + (20 * (error + shared[t] + whole[t]))).ToArray();
            }).ToArray();
        })];
    }

    /// <summary>Backtests of so many origins, one list a cell, store after store.</summary>
    public List<Cell> Backtests(int origins, int horizon)
    {
        var said = Normals(horizon);
        var came = Enumerable.Range(0, origins).Select(_ => Come(horizon)).ToArray();
        var cells = new List<Cell>();
        for (var store = 0; store < stores; store++)
        {
            for (var product = 0; product < products; product++)
            {
                var (s, p) = (store, product);
                cells.Add(new Cell($"s{s}", [.. came.Select((all, origin) => new Trial(horizon * (origin + 1), all[s][p], said, new double[horizon]))]));
            }
        }
        return cells;
    }

    private double[] Draw(Part part, int horizon)
    {
        var (steady, passing, errors) = (Next(), Next(), new double[horizon]);
        for (var t = 0; t < horizon; t++)
        {
            errors[t] = Math.Sqrt(part.Weight) * ((Math.Sqrt(part.Steady) * steady) + (Math.Sqrt(1 - part.Steady) * passing));
            passing = (part.Persistence * passing) + (Math.Sqrt(1 - (part.Persistence * part.Persistence)) * Next());
        }
        return errors;
    }

    private double Next() => Normal.Quantile(Math.Clamp(_random.NextDouble(), 1e-12, 1 - 1e-12));
}
