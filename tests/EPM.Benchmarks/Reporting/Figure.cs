namespace EPM.Benchmarks.Reporting;

/// <summary>What was promised of a figure's value or ratio.</summary>
internal sealed record Bar(double Value, bool IsFloor, string Text)
{
    public static Bar AtLeast(double value, string text) => new(value, IsFloor: true, text);

    public static Bar AtMost(double value, string text) => new(value, IsFloor: false, text);

    public bool IsMetBy(double value) => IsFloor ? value >= Value : value <= Value;
}

/// <summary>One line of the report.</summary>
/// <param name="Ratio">Ours against the reference of the same loop; how is told by the bar.</param>
/// <param name="CpuMicroseconds">Processor time of the host a request.</param>
/// <param name="Bytes">Of one answer, or of the file.</param>
internal sealed record Figure(string Name, string Unit, Spread Ours)
{
    public string? ReferenceName { get; init; }

    public Spread? Reference { get; init; }

    public double? Ratio { get; init; }

    public Bar? Bar { get; init; }

    public double? CpuMicroseconds { get; init; }

    public double? ReferenceCpuMicroseconds { get; init; }

    public long? Bytes { get; init; }

    public long Errors { get; init; }

    public string? Note { get; init; }

    public bool? IsMet => Bar?.IsMetBy(Ratio ?? Ours.Median);
}
