using EPM.Platform.Modules;

namespace EPM.Tenancy.Security;

/// <summary><c>rotate-keys</c>: the next access tokens are signed by a new key; nobody is signed out.</summary>
internal sealed class RotateKeys(SigningKeys keys) : ICommandLineVerb
{
    public string Verb => "rotate-keys";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var kid = await keys.RotateAsync(ct);
        Console.WriteLine($"Key {kid} signs from now on. Running hosts take it within a minute; the keys before it verify for {SigningKeys.Overlap.TotalMinutes} minutes more.");
        return 0;
    }
}
