using System.Text.Json;
using System.Xml.Linq;

namespace EPM.Architecture.Tests.Code;

/// <summary>Nothing of others comes in without a line in docs/dependencies.md, a licence we may live with, and a lock.</summary>
public sealed class DependenciesTests
{
    private static readonly string[] Fit = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "0BSD", "Unlicense", "PostgreSQL", "OFL-1.1", "MIT OR Apache-2.0"];
    private static readonly string[] FitForTools = [.. Fit, "MPL-2.0"];
    private static readonly string[] Manifests = ["web", "tools/postgres", "tools/duckdb", "tools/deploy"];
    private static readonly string[] Kinds = ["dependencies", "devDependencies", "optionalDependencies"];

    [Fact]
    public void Every_package_that_is_asked_for_has_its_licence_and_reason_and_none_is_listed_in_vain()
    {
        var told = Told();
        told.Select(row => row.Package).Order(StringComparer.Ordinal).ShouldBe(Asked().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        told.Where(row => row.Why.Length == 0).ShouldBeEmpty();
        told.Where(row => !(IsForTools(row.Why) ? FitForTools : Fit).Contains(row.Licence, StringComparer.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_the_front_end_ships_may_be_shipped()
    {
        var locked = Locks().SelectMany(lockFile => lockFile).ToArray();
        locked.Length.ShouldBeGreaterThan(100);
        locked.Where(package => !(package.IsTool ? FitForTools : Fit).Contains(package.Licence, StringComparer.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_is_locked()
    {
        var projects = Directory.EnumerateFiles(House.Root, "*.csproj", SearchOption.AllDirectories).Where(path => !path.Contains("node_modules", StringComparison.Ordinal)).ToArray();
        projects.Length.ShouldBeGreaterThan(5);
        projects.Where(path => !File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "packages.lock.json"))).ShouldBeEmpty();
    }

    private static bool IsForTools(string why) => why.StartsWith("tests", StringComparison.Ordinal) || why.Contains(" only", StringComparison.Ordinal);

    private static List<(string Package, string Licence, string Why)> Told() =>
    [
        .. File.ReadLines(Path.Combine(House.Root, "docs", "dependencies.md")).Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()).Select(cells => (cells[0], cells[1], cells[2])),
    ];

    private static IEnumerable<string> Asked() =>
        XDocument.Load(Path.Combine(House.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value)
            .Concat(Manifests.SelectMany(folder =>
            {
                var manifest = Read(folder, "package.json");
                return Kinds.SelectMany(kind => manifest.TryGetProperty(kind, out var packages) ? packages.EnumerateObject().Select(package => package.Name) : []);
            }));

    private static IEnumerable<IEnumerable<(string Name, string Licence, bool IsTool)>> Locks() => Manifests.Select(folder =>
        Read(folder, "package-lock.json").GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0)
            .Select(package => (package.Name, package.Value.TryGetProperty("license", out var licence) ? licence.GetString()! : "none", folder != "web" || package.Value.TryGetProperty("dev", out _))));

    private static JsonElement Read(string folder, string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(House.Root, folder, file)));
}
