using EPM.Host;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;

var verb = args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? "serve";
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddSecretFiles();
if (verb == "healthy")
    return await Healthy.AskAsync(builder.Configuration, args.ElementAtOrDefault(1) ?? "live");
if (verb == "serve" && StartRules.Broken(builder.Configuration, builder.Environment.EnvironmentName) is { Count: > 0 } broken)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, broken));
    return StartRules.ExitCode;
}
var settings = EpmSettings.From(builder.Configuration, builder.Environment.IsDevelopment());
builder.Services.AddPlatform(settings, Modules.All);
builder.ConfigureWeb(settings, serves: verb == "serve");

await using var app = builder.Build();
return verb switch
{
    "serve" => await app.ServeAsync(settings),
    "migrate" => await MigrateAsync(),
    _ => await Verbs.RunAsync(verb, [.. args.SkipWhile(arg => arg != verb).Skip(1)], app.Services),
};

async Task<int> MigrateAsync()
{
    var applied = await app.Services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
    Console.WriteLine(applied == 0 ? "The database is up to date." : $"{applied} migrations applied.");
    return 0;
}

/// <summary>Entry point, named so that tests can host it.</summary>
public partial class Program;
