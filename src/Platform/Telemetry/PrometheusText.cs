using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace EPM.Platform.Telemetry;

/// <summary>
/// Metrics in Prometheus' text format 0.0.4, collected when they are asked for. No exporter of the project itself restores for this
/// framework, and the format is a page long.
/// </summary>
[ExportModes(ExportModes.Push)]
internal sealed class PrometheusText : BaseExporter<Metric>
{
    private string _last = "";

    /// <summary>What the last collection told.</summary>
    public string Last => Volatile.Read(ref _last);

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new StringBuilder(32 << 10);
        foreach (var family in Families(batch))
        {
            var first = family.Value[0];
            text.Append("# HELP ").Append(family.Key).Append(' ').Append(Escaped(first.Description)).Append('\n');
            text.Append("# TYPE ").Append(family.Key).Append(' ').Append(TypeOf(first.MetricType)).Append('\n');
            foreach (var metric in family.Value)
                Write(text, family.Key, metric);
        }
        Volatile.Write(ref _last, text.ToString());
        return ExportResult.Success;
    }

    // The same name from two meters is one family to Prometheus, which refuses to read it twice.
    private static SortedDictionary<string, List<Metric>> Families(in Batch<Metric> batch)
    {
        var families = new SortedDictionary<string, List<Metric>>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            var name = NameOf(metric);
            if (families.TryGetValue(name, out var same))
                same.Add(metric);
            else
                families.Add(name, [metric]);
        }
        return families;
    }

    private static void Write(StringBuilder text, string name, Metric metric)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            switch (metric.MetricType)
            {
                case MetricType.Histogram:
                    Histogram(text, name, labels, point);
                    break;
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    Line(text, name, labels, point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    Line(text, name, labels, point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    Line(text, name, labels, point.GetGaugeLastValueLong());
                    break;
                case MetricType.DoubleGauge:
                    Line(text, name, labels, point.GetGaugeLastValueDouble());
                    break;
            }
        }
    }

    private static void Histogram(StringBuilder text, string name, string labels, in MetricPoint point)
    {
        long sum = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            sum += bucket.BucketCount;
            var limit = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture);
            Line(text, name + "_bucket", labels + (labels.Length > 0 ? "," : "") + $"le=\"{limit}\"", sum);
        }
        Line(text, name + "_sum", labels, point.GetHistogramSum());
        Line(text, name + "_count", labels, point.GetHistogramCount());
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new List<string>();
        foreach (var (name, value) in tags)
            labels.Add($"{Plain(name)}=\"{Escaped(Convert.ToString(value, CultureInfo.InvariantCulture)).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        return string.Join(',', labels);
    }

    private static string NameOf(Metric metric)
    {
        var name = Plain(metric.Name);
        var unit = metric.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal))
            name += unit;
        return metric.MetricType is MetricType.LongSum or MetricType.DoubleSum ? name + "_total" : name;
    }

    private static string TypeOf(MetricType type) => type switch
    {
        MetricType.Histogram => "histogram",
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        _ => "gauge",
    };

    private static string Plain(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Escaped(string? text) => (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
