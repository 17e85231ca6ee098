using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using EPM.Tenancy.Security;

namespace EPM.Modules.Tests.Tenancy.SignIn;

/// <summary>Held against the matrices that node-qrcode makes of the same bytes with the same mask, level M.</summary>
public sealed class QrCodeTests
{
    private const string Small = """
        #######.#.##..#######
        #.....#.#.#...#.....#
        #.###.#..#..#.#.###.#
        #.###.#.##..#.#.###.#
        #.###.#..##...#.###.#
        #.....#.......#.....#
        #######.#.#.#.#######
        ........#............
        #.##.###......#..#.##
        ###.....#...#..##.##.
        ...#.##.#.#.####.#.##
        ....#...#.#.#...##...
        #...#.##...#..#...##.
        ........###....##.#.#
        #######.#.#....###...
        #.....#.######....#.#
        #.###.#..#.#...#.##..
        #.###.#.##....#....#.
        #.###.#.####......#..
        #.....#....##.#.#...#
        #######.#.####..##...
        """;

    private const string KeyUri = "otpauth://totp/EPM%20Teranga:admin%40teranga.demo?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=EPM%20Teranga&algorithm=SHA1&digits=6&period=30";

    [Fact]
    public void A_small_code_is_the_known_one_module_for_module() => Drawn(new QrCode("EPM Retail", mask: 3)).ShouldBe(Small.ReplaceLineEndings("\n"));

    [Theory]
    [MemberData(nameof(Known))]
    public void Codes_with_alignment_version_information_and_many_blocks_are_the_known_ones(string text, int mask, int size, string hash)
    {
        var code = new QrCode(text, mask);
        code.Size.ShouldBe(size);
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Drawn(code)))).ShouldBe(hash);
    }

    public static TheoryData<string, int, int, string> Known() => new()
    {
        { "EPM Retail", 3, 21, "430cc4ccbb0bf2c547e9eeb8e98b85ba377ce732abe21227029fb2f2d1436877" },
        { KeyUri, 5, 49, "3b3418254a0c1a9b7cb2defa1cd529c26c307d1054e532001be7d73df2909c4c" },
        { string.Join(' ', Enumerable.Repeat("Épicerie", 70)), 0, 101, "a10ea018f0ffb5ad3478706c473cc082f3b8c3d731f096c969312b0d810d846e" },
    };

    [Fact]
    public void The_mask_left_open_is_one_of_the_eight()
    {
        var drawn = Drawn(new QrCode(KeyUri));
        Enumerable.Range(0, 8).Select(mask => Drawn(new QrCode(KeyUri, mask))).ShouldContain(drawn);
    }

    [Fact]
    public void More_than_the_largest_code_holds_is_refused()
    {
        new QrCode(new string('a', 2_331), mask: 0).Size.ShouldBe(177);
        Should.Throw<ArgumentException>(() => new QrCode(new string('a', 2_332)));
    }

    [Fact]
    public void The_svg_draws_every_dark_module_once_within_a_quiet_zone_of_four()
    {
        var code = new QrCode(KeyUri);
        var svg = XDocument.Parse(code.ToSvg()).Root.ShouldNotBeNull();
        svg.Attribute("viewBox")!.Value.ShouldBe($"0 0 {code.Size + 8} {code.Size + 8}");
        var path = svg.Elements().Last().Attribute("d")!.Value;
        var drawn = path.Split('M', StringSplitOptions.RemoveEmptyEntries).Sum(run => int.Parse(run.Split('h')[1].Split('v')[0], System.Globalization.CultureInfo.InvariantCulture));
        drawn.ShouldBe(Drawn(code).Count(module => module == '#'));
        path.ShouldStartWith("M4 4h7v1h-7z", Case.Sensitive, "the first finder's upper edge");
    }

    private static string Drawn(QrCode code) => string.Join('\n', Enumerable.Range(0, code.Size).Select(row =>
        string.Concat(Enumerable.Range(0, code.Size).Select(column => code[row, column] ? '#' : '.'))));
}
