using System.Globalization;
using EPM.Platform.Modules;

namespace EPM.Platform.Backup;

/// <summary><c>backup</c>: the whole of the embedded server, from which any later moment can be had back.</summary>
internal sealed class BackupVerb(EpmSettings settings, PhysicalBackup physical) : ICommandLineVerb
{
    public string Verb => "backup";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (settings.BackupDirectory is null || arguments.Count > 0)
            return await RefuseAsync("Usage: backup, with EPM_BACKUP naming the directory to write to.");
        if (!settings.EmbeddedServer)
            return await RefuseAsync("This server is not the embedded one: its own tools (pg_basebackup and WAL archiving, pgBackRest, or the provider's point-in-time recovery) have to back it up.");
        try
        {
            var made = await physical.MakeAsync(ct);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Backup {made.Name}: {made.Bytes / 1e6:0.0} MB in {made.Took.TotalSeconds:0.0} s"));
            return 0;
        }
        catch (InvalidOperationException refusal)
        {
            return await RefuseAsync(refusal.Message);
        }
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 2;
    }
}
