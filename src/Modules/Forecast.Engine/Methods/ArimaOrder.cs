namespace EPM.Forecast.Engine.Methods;

/// <summary>(p, d, q)(P, D, Q) of a period, with or without a constant.</summary>
internal readonly record struct ArimaOrder(int P, int D, int Q, int SeasonalP, int SeasonalD, int SeasonalQ, int Period, bool Constant)
{
    /// <summary>Parameters of the recursion.</summary>
    public int Count => P + Q + SeasonalP + SeasonalQ;

    /// <summary>Observations that differences cost.</summary>
    public int Lost => D + (SeasonalD * Period);

    public override string ToString() =>
        $"ARIMA({P},{D},{Q}){(Period > 1 ? $"({SeasonalP},{SeasonalD},{SeasonalQ})[{Period}]" : "")}{(Constant ? D + SeasonalD > 0 ? " with drift" : " with mean" : "")}";
}
