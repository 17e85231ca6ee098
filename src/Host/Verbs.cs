using EPM.Platform.Modules;

namespace EPM.Host;

/// <summary>Command-line verbs that modules bring.</summary>
internal static class Verbs
{
    public static async Task<int> RunAsync(string verb, IReadOnlyList<string> arguments, IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var commands = scope.ServiceProvider.GetServices<ICommandLineVerb>().ToDictionary(command => command.Verb, StringComparer.Ordinal);
        if (commands.TryGetValue(verb, out var command))
            return await command.RunAsync(arguments, CancellationToken.None);
        await Console.Error.WriteLineAsync($"Unknown verb '{verb}'. Known: serve, migrate, {string.Join(", ", commands.Keys.Order(StringComparer.Ordinal))}.");
        return 2;
    }
}
