using EPM.Platform.Modules;
using EPM.Platform.Redis;

namespace EPM.Platform.Operations;

/// <param name="Code">One of <see cref="ServiceAlarms.Codes"/>.</param>
public sealed record Alarm(string Code, DateTimeOffset Since);

/// <summary>
/// What of the service needs somebody, decided here alone: the page of operations shows it, and the gauge <c>epm.alarm</c>, on which the
/// alert rules stand, repeats it.
/// </summary>
public sealed class ServiceAlarms(EpmSettings settings, RedisStore redis, TimeProvider time)
{
    /// <summary>A daily backup, and two hours for one that starts late or takes long.</summary>
    public static readonly TimeSpan BackupMayBe = TimeSpan.FromHours(26);

    /// <summary>What is promised of backups: within the last day one was restored.</summary>
    public static readonly TimeSpan DrillMayBe = TimeSpan.FromHours(24);

    public static readonly IReadOnlyList<string> Codes = ["backup_missing", "backup_old", "drill_missing", "drill_old", "drill_failed", "redis_down"];

    /// <summary>
    /// Whether backups of this server are known here: it is the embedded one, or whoever makes them notes them in the same tables. Of a
    /// server whose backups nobody notes nothing can be said, and no alarm pretends to.
    /// </summary>
    public bool Knows(RestoreProof proof) => settings.EmbeddedServer || proof.Backup is not null || proof.Drills.Count > 0;

    public IReadOnlyList<Alarm> Of(RestoreProof proof)
    {
        var now = time.GetUtcNow();
        var alarms = new List<Alarm>();
        if (Knows(proof))
        {
            Late("backup", proof.Backup?.At, BackupMayBe);
            Late("drill", proof.Good?.At, DrillMayBe);
            if (FailedSince(proof.Drills) is { } failed)
                alarms.Add(new Alarm("drill_failed", failed));
        }
        if (redis.AwaySince is { } away)
            alarms.Add(new Alarm("redis_down", away));
        return alarms;

        void Late(string what, DateTimeOffset? last, TimeSpan mayBe)
        {
            if ((last ?? proof.Installed) + mayBe is var since && since <= now)
                alarms.Add(new Alarm(last is null ? what + "_missing" : what + "_old", since));
        }
    }

    // Since the first of the failures that nothing good has followed.
    private static DateTimeOffset? FailedSince(IReadOnlyList<DrillNote> newestFirst) => newestFirst.TakeWhile(drill => !drill.Good).LastOrDefault()?.At;
}
