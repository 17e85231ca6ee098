namespace EPM.Forecast.Engine.Kernels;

/// <summary>How error and season enter: not at all, added, or multiplied.</summary>
internal enum Form
{
    None,
    Additive,
    Multiplicative,
}

/// <summary>One model of the family, in the notation of Hyndman et al. 2008: error, trend (never multiplied here), season.</summary>
internal readonly record struct EtsShape(Form Error, bool Trend, bool Damped, Form Season, int Period)
{
    public int Smoothings => 1 + (Trend ? 1 : 0) + (Season == Form.None ? 0 : 1) + (Damped ? 1 : 0);

    /// <summary>Smoothing parameters, first states and the variance.</summary>
    public int Parameters => Smoothings + 1 + (Trend ? 1 : 0) + (Season == Form.None ? 0 : Period - 1) + 1;

    public override string ToString() => $"ETS({Letter(Error)},{(Trend ? Damped ? "Ad" : "A" : "N")},{Letter(Season)})";

    private static char Letter(Form form) => form switch { Form.None => 'N', Form.Additive => 'A', _ => 'M' };
}
