using EPM.TestKit;

namespace EPM.Modules.Tests.Backup;

/// <summary>TRUST T34: a backup exists because it was restored.</summary>
public sealed class DrillTests : IAsyncLifetime
{
    private readonly EpmCommand _epm = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _epm.DisposeAsync();

    [Fact]
    public async Task What_was_destroyed_comes_back_as_it_was_and_what_was_spoilt_is_refused()
    {
        var (code, said) = await _epm.RunAsync("drill");
        said.ShouldContain("Exact: ");
        said.ShouldContain("a spoilt file was found");
        said.ShouldMatch(@"RPO \d+\.\d s, RTO \d+\.\d s for \d+ MB");
        code.ShouldBe(0, said);

        (code, said) = await _epm.RunAsync("restore", "--to", "latest");
        said.ShouldContain("is not empty");
        code.ShouldBe(1, said);

        var elsewhere = Path.Combine(_epm.Data, "elsewhere");
        (code, said) = await _epm.RunAsync("restore", "--to", "latest", "--into", elsewhere);
        said.ShouldContain("Restored into");
        code.ShouldBe(0, said);
        File.ReadAllText(Path.Combine(elsewhere, "postgres.password")).ShouldBe(File.ReadAllText(Path.Combine(_epm.Data, "postgres.password")));

        var backup = Directory.GetDirectories(Path.Combine(_epm.Data, "backups", "base")).ShouldHaveSingleItem();
        File.AppendAllText(Path.Combine(backup, "data", "PG_VERSION"), "0");
        (code, said) = await _epm.RunAsync("restore", "--to", "latest", "--into", Path.Combine(_epm.Data, "refused"));
        said.ShouldContain("./PG_VERSION: FAILED");
        said.ShouldContain("is damaged");
        code.ShouldBe(1, said);
    }
}
