using System.Globalization;
using System.Text;
using EPM.Platform.Modules;

namespace EPM.Platform.Backup;

internal sealed record BackupMade(string Name, long Bytes, TimeSpan Took);

/// <summary>
/// Copies the files of a server that goes on working. The server itself copies, through a program it starts: the files are readable by
/// its account alone. With the log that the server archives, the copy can be brought to any moment after it was made.
/// </summary>
internal sealed class PhysicalBackup(EpmSettings settings, TimeProvider time)
{
    private const long OneAtATime = 0x45504D_4241434B;

    /// <exception cref="InvalidOperationException">Another backup is under way, or the log is not archived.</exception>
    public async Task<BackupMade> MakeAsync(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var at = time.GetUtcNow();
        var name = at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var into = Path.Combine(settings.BackupDirectory!, "base");
        await using var server = await AdminSession.OpenAsync(settings.AdminConnection, ct);
        if (!await server.ScalarAsync<bool>("SELECT pg_try_advisory_lock($1)", ct, OneAtATime))
            throw new InvalidOperationException("Another backup is under way.");
        if (await server.ScalarAsync<string>("SHOW archive_mode", ct) != "on")
            throw new InvalidOperationException("The server does not archive its log, and a copy without the log behind it cannot be restored: restart it with ./epm start, and look at what it says.");
        var data = await server.ScalarAsync<string>("SHOW data_directory", ct);
        await server.ExecuteAsync("SELECT pg_backup_start($1, fast => true)", ct, name);
        await server.ShellAsync(CopyScript(data, into), ct);
        var label = await server.ScalarAsync<string>("SELECT labelfile FROM pg_backup_stop(wait_for_archive => true)", ct);
        var bytes = long.Parse((await server.ShellAsync(FinishScript(into, name, label), ct))[0], CultureInfo.InvariantCulture);
        await server.ShellAsync(PruneScript(settings.BackupDirectory!, settings.BackupsKept), ct);
        var took = time.GetElapsedTime(began);
        await server.ExecuteAsync("INSERT INTO platform.backup (name, kind, at, bytes, seconds) VALUES ($1, 'physical', $2, $3, $4)", ct, name, at, bytes, took.TotalSeconds);
        return new BackupMade(name, bytes, took);
    }

    // What a server makes anew at its start stays out, and so does the log: that comes from the archive. A file may change or go
    // while it is read (tar then ends with 1): the log repairs that.
    private static string CopyScript(string data, string into) => $$"""
        set -e; umask 077; cd "{{data}}"; new="{{into}}/.new"; rm -rf "$new"; mkdir -p "$new/data"
        { code=0; tar -cf - --exclude="./pg_wal/*" --exclude="./pg_replslot/*" --exclude="./pg_dynshmem/*" --exclude="./pg_notify/*" \
          --exclude="./pg_serial/*" --exclude="./pg_snapshots/*" --exclude="./pg_stat_tmp/*" --exclude="./pg_subtrans/*" --exclude="pgsql_tmp*" \
          --exclude=pg_internal.init --exclude=./postmaster.pid --exclude=./postmaster.opts --exclude=./server.log --exclude=./epm.port \
          --exclude=./epm.archive --exclude=./backup_label . 2>/dev/null || code=$?; echo $code >"$new/code"; } | tar -xf - -C "$new/data"
        test "$(cat "$new/code")" -le 1; rm "$new/code"
        """;

    private static string FinishScript(string into, string name, string label) => $$"""
        set -e; umask 077; cd "{{into}}/.new"
        echo {{Convert.ToBase64String(Encoding.UTF8.GetBytes(label))}} | base64 -d >data/backup_label
        (cd data && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) >MANIFEST; sha256sum MANIFEST >MANIFEST.sum
        sync -f .; cd ..; mv .new {{name}}; sync .
        find {{name}} -type f -printf "%s\n" | awk '{ s += $1 } END { printf "%d\n", s }'
        """;

    // The log before the oldest backup that is kept is of no use to anybody. Its files' names are timeline and place; places only grow.
    private static string PruneScript(string root, int kept) => $$"""
        set -e; cd "{{root}}"; ls -1r base | tail -n +{{kept + 1}} | while read -r old; do rm -rf "base/$old"; done
        oldest=$(ls -1 base | head -n 1); from=$(sed -n 's/^START WAL LOCATION.*file \([0-9A-F]\{24\}\)).*/\1/p' "base/$oldest/data/backup_label")
        test -n "$from"; ls -1 wal | awk -v from="$from" '(length($0) == 24 || /\.backup$/) && ("X" substr($0, 9)) < ("X" substr(from, 9))' | (cd wal && xargs -r rm -f)
        """;
}
