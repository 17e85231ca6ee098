using System.Text.RegularExpressions;

namespace EPM.Architecture.Tests.Code;

/// <summary>The table "Controls and their tests" of docs/operations.md names tests that exist.</summary>
public sealed partial class ControlsTests
{
    [Fact]
    public void Every_test_named_beside_a_control_exists()
    {
        var rows = Rows(File.ReadAllText(Path.Combine(House.Root, "docs", "operations.md"))).ToArray();
        rows.Length.ShouldBeGreaterThan(14);
        var known = Classes();
        rows.Where(row => row.Tests.Count == 0).Select(row => row.Threat).ShouldBeEmpty("a control without a test");
        rows.SelectMany(row => row.Tests).Where(test => !known.Contains(test)).ShouldBeEmpty("no such test class or journey");
    }

    [Fact]
    public void The_rule_catches_what_it_is_there_for()
    {
        var rows = Rows("""
            ## Controls and their tests
            | threat | control | test |
            |---|---|---|
            | 1 forgotten filter | forced `row-level security` | `RoleWallTests`, `NoSuchTests` |
            | 2 unproved | hope | |

            ## Next
            | not | of | `this` |
            """).ToArray();
        rows.Select(row => row.Threat).ShouldBe(["1 forgotten filter", "2 unproved"]);
        rows[0].Tests.Where(test => !Classes().Contains(test)).ShouldBe(["NoSuchTests"]);
        rows[1].Tests.ShouldBeEmpty();
    }

    private static IEnumerable<(string Threat, IReadOnlyList<string> Tests)> Rows(string document)
    {
        var from = document.IndexOf("## Controls and their tests", StringComparison.Ordinal);
        var part = document[from..];
        var next = part.IndexOf("\n## ", StringComparison.Ordinal);
        return (next < 0 ? part : part[..next]).Split('\n').Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .Select(cells => (cells[0], (IReadOnlyList<string>)[.. Named().Matches(cells[^1]).Select(match => match.Groups["name"].Value)]));
    }

    private static HashSet<string> Classes() =>
    [
        .. House.Sources("tests").Select(path => Path.GetFileNameWithoutExtension(path)),
        .. Directory.EnumerateFiles(Path.Combine(House.Root, "web", "e2e"), "*.spec.ts", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)),
    ];

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
