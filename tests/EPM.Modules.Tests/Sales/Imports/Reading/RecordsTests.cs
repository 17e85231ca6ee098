using System.Text;
using EPM.Platform.Http;
using EPM.Sales.Imports.Reading;
using EPM.Sales.Imports.Receiving;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace EPM.Modules.Tests.Sales.Imports.Reading;

/// <summary>The quick reader of delimited files, held against one that goes character by character and cannot be wrong.</summary>
public sealed class RecordsTests(ITestOutputHelper output)
{
    private const int Cases = 10_000;

    // Few kinds of characters, so that quotes, separators and line ends meet in every way.
    private static readonly Gen<string> Texts = Gen.ArrayOf(Gen.Elements("\"", "\"", ",", ",", "\n", "\r\n", "a", "bé", " ", "\"\"", "x,y", "\"q\""), 40).Select(string.Concat);

    public static TheoryData<long> Seeds => Samples.Seeds;

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void Records_fields_and_line_numbers_are_those_of_the_slow_reader(long seed)
    {
        output.WriteLine($"seed {seed}");
        foreach (var text in Samples.Of(Texts, seed, Cases, size: 40))
        {
            var expected = SlowReader.Read(text, ',').ToArray();
            Read(new StringReader(text)).ShouldBe(expected, $"{Shown(text)}, seed {seed}");
            Read(new Dripping(text)).ShouldBe(expected, $"in small pieces: {Shown(text)}, seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void What_the_door_lets_in_can_be_read_to_its_end(long seed)
    {
        output.WriteLine($"seed {seed}");
        var refused = 0;
        foreach (var text in Samples.Of(Texts, seed, Cases, size: 40))
        {
            var open = SlowReader.EndsInsideQuotes(text, ',');
            var accepted = Accepts(text);
            accepted.ShouldBe(!open, $"{Shown(text)}, seed {seed}");
            refused += accepted ? 0 : 1;
        }
        refused.ShouldBeInRange(Cases / 50, Cases - (Cases / 50), "both answers are met often");
    }

    [Fact]
    public void Records_lie_across_the_edge_of_the_buffer()
    {
        var line = new string('x', 50_000);
        var text = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},\"{line}\"\"{i}\",\"{line}\n{line}\"\r\n"));
        Read(new StringReader(text)).ShouldBe(SlowReader.Read(text, ','));
    }

    [Fact]
    public void A_record_longer_than_the_buffer_is_told_and_not_cut() =>
        Should.Throw<InvalidDataException>(() => Read(new StringReader(new string('x', (DelimitedReader.LongestRecord * 2) + 1))).Length);

    [Theory]
    [InlineData("Prix unitaire (€)", "prixunitaire")]
    [InlineData("N° de ticket", "nodeticket")]
    [InlineData("ÉTÉ_2026", "ete2026")]
    public void Headers_are_known_by_their_letters(string header, string folded) => Headers.Fold(header).ShouldBe(folded);

    [Theory]
    [InlineData("United Kingdom", "united-kingdom")]
    [InlineData("Côte d'Ivoire", "cote-d-ivoire")]
    [InlineData(" -- ", "")]
    public void Names_become_readable_codes(string name, string code) => Headers.Slug(name).ShouldBe(code);

    private static string[] Read(TextReader text)
    {
        var reader = new DelimitedReader(text, ',');
        var records = new List<string>();
        while (reader.Next())
        {
            var fields = new string[reader.Count];
            for (var i = 0; i < fields.Length; i++)
                fields[i] = reader.Field(i).ToString();
            records.Add($"{reader.Line}: {string.Join('|', fields)}");
        }
        return [.. records];
    }

    private static bool Accepts(string text)
    {
        var scan = new UploadScan((byte)',', quotes: true);
        try
        {
            foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(3))
                scan.Scan(piece);
            scan.Finish();
            return true;
        }
        catch (BadInput)
        {
            return false;
        }
    }

    private static string Shown(string text) => text.Replace("\r", "␍", StringComparison.Ordinal).Replace("\n", "␊", StringComparison.Ordinal);

    /// <summary>Gives at most seven characters at a time, as a slow connection might.</summary>
    private sealed class Dripping(string text) : StringReader(text)
    {
        public override int ReadBlock(Span<char> buffer) => base.Read(buffer[..Math.Min(7, buffer.Length)]);

        public override int ReadBlock(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(7, count));
    }
}
