using EPM.Platform.Modules;

namespace EPM.Architecture.Tests.Code;

public sealed class BoundaryTests
{
    private static readonly string[] Order = [.. House.Modules.Select(module => module.Assembly.GetName().Name!)];

    public static TheoryData<string> Modules => new(House.Modules.Select(module => module.Name));

    [Fact]
    public void Modules_have_names_assemblies_and_folders_of_their_own()
    {
        House.Modules.Count.ShouldBeGreaterThan(2);
        House.Modules.Select(module => module.Name).ShouldBeUnique();
        House.Modules.Select(module => module.Assembly).ShouldBeUnique();
        House.Modules.ShouldAllBe(module => Directory.Exists(Path.Combine(House.Root, House.FolderOf(module))));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Only_contracts_are_public_and_everything_else_is_sealed(string name)
    {
        var types = Module(name).Assembly.GetTypes();
        types.Length.ShouldBeGreaterThan(10);
        Boundaries.PublicOutsideContracts(types).ShouldBeEmpty();
        Boundaries.Unsealed(types).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_leans_on_the_platform_and_on_what_is_upstream(string name)
    {
        var module = Module(name);
        var assembly = module.Assembly.GetName().Name!;
        var project = Path.Combine(House.Root, House.FolderOf(module), assembly + ".csproj");
        Boundaries.ProjectReferencesOf(project).ShouldNotBeEmpty();
        Boundaries.WrongReferences(assembly, Boundaries.ProjectReferencesOf(project), Order).ShouldBeEmpty();
        Boundaries.ReferencesOf(module.Assembly).ShouldContain("EPM.Platform");
        Boundaries.WrongReferences(assembly, Boundaries.ReferencesOf(module.Assembly), Order).ShouldBeEmpty();
        Boundaries.InternalsShown(assembly, Boundaries.FriendsOf(module.Assembly)).ShouldBeEmpty();
    }

    [Fact]
    public void The_platform_leans_on_no_module() =>
        Boundaries.ReferencesOf(House.Platform).Where(name => name.StartsWith("EPM.", StringComparison.Ordinal)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_modules_sql_stays_in_its_own_schema(string name)
    {
        var module = Module(name);
        var files = House.Sources(House.FolderOf(module)).Concat(House.Sources(Path.Combine("db", "migrations", name), "*.sql")).ToArray();
        files.Length.ShouldBeGreaterThan(5);
        string[] schemas = [.. House.Modules.Select(other => other.Name)];
        files.SelectMany(file => Boundaries.ForeignTables(name, Path.GetFileName(file), File.ReadAllText(file), schemas)).ShouldBeEmpty();
    }

    [Fact]
    public void The_rules_catch_what_they_are_there_for()
    {
        Type[] planted = [typeof(Planted.Exposed), typeof(Planted.Open), typeof(Planted.Contracts.Shown)];
        Boundaries.PublicOutsideContracts(planted).ShouldHaveSingleItem().ShouldContain("Exposed");
        Boundaries.Unsealed(planted).ShouldHaveSingleItem().ShouldContain("Open");
        string[] order = ["EPM.A", "EPM.B", "EPM.C"];
        Boundaries.WrongReferences("EPM.B", ["EPM.Platform", "EPM.A", "Npgsql"], order).ShouldBeEmpty();
        Boundaries.WrongReferences("EPM.B", ["EPM.C"], order).ShouldHaveSingleItem();
        Boundaries.WrongReferences("EPM.B", ["EPM.Host"], order).ShouldHaveSingleItem();
        Boundaries.InternalsShown("EPM.B", ["EPM.TestKit", "EPM.B.Tests", "EPM.C"]).ShouldHaveSingleItem().ShouldContain("EPM.C");
        Boundaries.ForeignTables("b", "File.cs", "SELECT 1 FROM b.own JOIN a.secret ON true", ["a", "b"]).ShouldHaveSingleItem().ShouldContain("a.secret");
    }

    private static IModule Module(string name) => House.Modules.Single(module => module.Name == name);
}
