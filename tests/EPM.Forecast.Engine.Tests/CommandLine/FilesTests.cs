using EPM.Forecast.CommandLine;

namespace EPM.Forecast.Engine.Tests.CommandLine;

public sealed class FilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("epm-forecast").FullName;
    private int _written;

    [Fact]
    public void Months_are_steps_whatever_their_length_and_a_missing_one_is_a_gap()
    {
        var file = SeriesFile.Read(Written("unique_id,ds,y\nA,2025-12-01,1\nA,2026-01-01,2\nA,2026-03-01,4\nB,2026-01-01,5\nB,2026-02-01,6\n"));
        file.Moments.Cadence.ShouldBe(Cadence.Month);
        file.Histories[0].Values.ShouldBe([1, 2, double.NaN, 4]);
        file.Ids.ShouldBe(["A", "B"]);
    }

    [Fact]
    public void Keys_are_counted_from_the_end_of_their_own_history()
    {
        var file = SeriesFile.Read(Written("unique_id,ds,y\nA,1,1\nA,2,2\nB,1,5\n"));
        var asked = AskedKeys.Read(Written("unique_id,ds\nA,4\nB,2\n"), file);
        asked.Rows.ShouldBe([(0, "4", 1), (1, "2", 0)]);
        asked.Horizons.ShouldBe([2, 1]);
    }

    [Fact]
    public void Columns_of_text_are_told_apart_value_by_value_and_a_missing_line_keeps_what_stood()
    {
        var file = SeriesFile.Read(Written("unique_id,ds,y\nA,1,1\nA,2,2\nA,3,2\n"));
        var known = KnownFile.Read(Written("unique_id,ds,price,holiday\nA,1,10,0\nA,2,12,easter\nA,4,9,0\n"), file, [1])[0];
        known.Single(column => column.Name == "price").Values.ToArray().ShouldBe([10, 12, 12, 9]);
        known.Single(column => column.Name == "price").Effect.ShouldBe(Effect.Price);
        known.Single(column => column.Name == "holiday=easter").Values.ToArray().ShouldBe([0, 1, 1, 0]);
    }

    [Theory]
    [InlineData("unique_id,ds,y\nA,2026-01-01,3\nA,2026-01-0x,4\n", "line 3, column 2 (ds)")]
    [InlineData("unique_id,ds,y\nA,2026-01-01,3,4\n", "line 2, column 4")]
    [InlineData("unique_id,ds,y\nA,2026-01-01,many\n", "line 2, column 3 (y)")]
    [InlineData("unique_id,ds,y\nA,2026-01-01,3\nA,2026-01-01,4\n", "line 3: A has this moment twice")]
    [InlineData("unique_id,ds,y\nA,2026-01-01,3\nA,17,4\n", "dates and whole numbers are mixed")]
    [InlineData("unique_id,ds\nA,2026-01-01\n", "there is no column 'y'")]
    [InlineData("unique_id,ds,y\n", "no history")]
    [InlineData("", "is empty")]
    public void A_bad_file_is_refused_with_its_line_and_column(string text, string message) =>
        Should.Throw<BadInputException>(() => SeriesFile.Read(Written(text))).Message.ShouldContain(message);

    [Theory]
    [InlineData("unique_id,ds\nB,2026-01-09\n", "'B' has no history")]
    [InlineData("unique_id,ds\nA,2026-01-02\n", "lies within the history")]
    public void A_key_that_cannot_be_forecast_is_refused(string text, string message)
    {
        var file = SeriesFile.Read(Written("unique_id,ds,y\nA,2026-01-01,3\nA,2026-01-02,4\n"));
        Should.Throw<BadInputException>(() => AskedKeys.Read(Written(text), file)).Message.ShouldContain(message);
    }

    [Fact]
    public void Ids_of_parts_tell_what_a_series_belongs_to()
    {
        var groups = GroupsOfIds.Of(["S1_A", "S1_B", "S2_A", "S2_B"]);
        groups[2].ShouldBe(["S2", "A"]);
        GroupsOfIds.Of(["T1", "T2"]).ShouldAllBe(group => group.Count == 0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string text)
    {
        var path = Path.Combine(_folder, $"{_written++}.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
