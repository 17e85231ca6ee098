using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EPM.Benchmarks.Data;
using EPM.Benchmarks.Http;
using EPM.Platform.Persistence;
using EPM.TestKit;
using Npgsql;

namespace EPM.Benchmarks.Running;

/// <summary>One database with one chain on it, and the product serving it.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string Slug = "banc";

    private const string Email = "direction@banc.test";
    private const string Password = "mesurer trois fois avant";

    // Tokens live a quarter of an hour.
    private static readonly TimeSpan TokenIsFresh = TimeSpan.FromMinutes(8);

    private readonly HttpClient _http;
    private readonly Stopwatch _signedIn = new();
    private string _token = "";

    private Site(string admin, HostProcess host)
    {
        (Admin, Host) = (NpgsqlDataSource.Create(admin + ";Command Timeout=1800"), host);
        App = NpgsqlDataSource.Create(Database.AppConnection(admin));
        _http = host.Client(slug: null, timeout: TimeSpan.FromMinutes(20));
    }

    public HostProcess Host { get; }

    /// <summary>Administrator's pool: sees every row, measures nothing.</summary>
    public NpgsqlDataSource Admin { get; }

    /// <summary>The application's own role, as the product connects.</summary>
    public NpgsqlDataSource App { get; }

    public Guid Tenant { get; private set; }

    public static async Task<string> CreateDatabaseAsync(Options options, string name)
    {
        await using var server = NpgsqlDataSource.Create(options.Admin);
        await using var create = server.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        var admin = new NpgsqlConnectionStringBuilder(options.Admin) { Database = name }.ConnectionString;
        await HostProcess.MigrateAsync(options.HostOn(admin));
        return admin;
    }

    /// <param name="through">How the product itself reaches the database, when it takes another way.</param>
    public static async Task<Site> OpenAsync(Options options, string admin, string? through = null)
    {
        var site = new Site(admin, await HostProcess.StartAsync(options.HostOn(through ?? admin)));
        await site.SignUpAsync();
        await site.StockAsync();
        await site.ExecuteAsync("CREATE SCHEMA bench; CREATE TABLE bench.line (LIKE sales.line INCLUDING ALL); "
            + $"ALTER TABLE bench.line ALTER tenant_id SET DEFAULT '{site.Tenant}', ALTER import_no SET DEFAULT 1");
        return site;
    }

    public async Task<string> TokenAsync()
    {
        if (_token.Length > 0 && _signedIn.Elapsed < TokenIsFresh)
            return _token;
        using var answer = await _http.PostAsJsonAsync(new Uri(Base, "/api/v1/auth/sign-in"), new { email = Email, password = Password });
        answer.EnsureSuccessStatusCode();
        _token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
        _signedIn.Restart();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return _token;
    }

    /// <returns>Bytes of a GET of the API by the signed-in director.</returns>
    public async Task<byte[]> RequestAsync(string path, bool compressed = false) =>
        KeptConnection.Get(Host.Port, $"{Slug}.localhost", path, await TokenAsync(), compressed);

    public async Task<JsonElement> GetAsync(string path)
    {
        await TokenAsync();
        return await _http.GetFromJsonAsync<JsonElement>(new Uri(Base, path));
    }

    public async Task PutAsync<T>(string path, T body)
    {
        await TokenAsync();
        using var answer = await _http.PutAsJsonAsync(new Uri(Base, path), body);
        if (!answer.IsSuccessStatusCode)
            throw new ImpossibleException($"{path} was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Uploads a file and returns at once.</summary>
    public async Task<string> UploadAsync(string kind, Stream content)
    {
        await TokenAsync();
        using var body = new StreamContent(content, 1 << 16) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var answer = await _http.PostAsync(new Uri(Base, $"/api/v1/imports?kind={kind}"), body);
        if (answer.StatusCode != HttpStatusCode.Accepted)
            throw new ImpossibleException($"An upload of {kind} was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Uploads a file and waits until its import has ended.</summary>
    /// <returns>Seconds from the first byte sent, and the import as it is told.</returns>
    public async Task<(double Seconds, JsonElement Import)> ImportAsync(string kind, Stream content)
    {
        await TokenAsync();
        var clock = Stopwatch.StartNew();
        var id = await UploadAsync(kind, content);
        while (true)
        {
            var import = await GetAsync($"/api/v1/imports/{id}");
            if (import.GetProperty("state").GetString() is "completed")
                return (clock.Elapsed.TotalSeconds, import);
            if (import.GetProperty("state").GetString() is "failed" or "cancelled")
                throw new ImpossibleException($"An import of {kind} ended so: {import}");
            await Task.Delay(20);
        }
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Admin.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Says that the figures changed, as an import would: every cached answer is one of yesterday's.</summary>
    public Task<long> RaiseVersionAsync() => ScalarAsync<long>(
        $"WITH raised AS (UPDATE platform.data_version SET version = version + 1 WHERE tenant_id = '{Tenant}' RETURNING tenant_id, version), "
        + "told AS (SELECT pg_notify('epm_data_version', tenant_id || ':' || version), version FROM raised) SELECT version FROM told");

    public async Task<Numbers> NumbersAsync() => new(
        await ScalarAsync<int[]>("SELECT array_agg(store_no ORDER BY code) FROM stores.store"),
        await ScalarAsync<int[]>("SELECT array_agg(product_no ORDER BY sku) FROM sales.product"));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
        await App.DisposeAsync();
        await Admin.DisposeAsync();
    }

    private Uri Base => new($"http://{Slug}.localhost:{Host.Port}");

    private async Task SignUpAsync()
    {
        using var answer = await _http.PostAsJsonAsync(new Uri($"http://localhost:{Host.Port}/api/v1/tenants"), new
        {
            slug = Slug,
            name = "Le Banc",
            country = "SN",
            currency = "XOF",
            timeZone = "Africa/Dakar",
            language = "fr",
            admin = new { name = "Direction", email = Email, password = Password },
        });
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new ImpossibleException($"The sign-up was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        Tenant = await ScalarAsync<Guid>("SELECT tenant FROM tenancy.directory");
    }

    private async Task StockAsync()
    {
        await TokenAsync();
        await ImportAllAsync("stores", Shape.StoresFile(), Shape.Stores);
        for (var branch = 0; branch < Shape.Branches; branch++)
            await AddCategoryAsync(Shape.Branch(branch), parent: null);
        for (var leaf = 0; leaf < Shape.Leaves; leaf++)
            await AddCategoryAsync(Shape.Leaf(leaf), Shape.Branch(leaf / Shape.LeavesOfABranch));
        await ImportAllAsync("products", Shape.ProductsFile(), Shape.Products);
    }

    private async Task AddCategoryAsync(string code, string? parent)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Base, "/api/v1/categories"), new { code, name = "Rayon " + code, parent });
        answer.EnsureSuccessStatusCode();
    }

    private async Task ImportAllAsync(string kind, string file, int rows)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file));
        var (_, import) = await ImportAsync(kind, content);
        if (import.GetProperty("added").GetInt64() != rows)
            throw new ImpossibleException(string.Create(CultureInfo.InvariantCulture, $"The import of {rows} {kind} ended so: {import}"));
    }
}
