using System.Reflection;
using EPM.Platform.Mail;
using EPM.Platform.Mediation;
using EPM.Platform.Operations;
using EPM.Platform.Persistence;
using EPM.Platform.Redis;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Operations;

/// <summary>Whether the service is well and its data safe. Sizes stay out: how much all chains together keep is no one chain's business.</summary>
[Needs(Permissions.ViewOperations)]
[Reads]
internal sealed record ShowOperations : IDirect<OperationsView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ShowOperations(), ct));
}

/// <param name="Version">Of the host that answers.</param>
/// <param name="StartedAt">When that host began to serve.</param>
/// <param name="Redis">off, up or down.</param>
/// <param name="Mail">on or off.</param>
/// <param name="Backups">here, or elsewhere when the database's own operator makes them and notes them nowhere.</param>
/// <param name="Drill">The last one that was good.</param>
/// <param name="Drills">The newest of all, newest first.</param>
/// <param name="Vulnerabilities">Of the packages the product is built from.</param>
internal sealed record OperationsView(string Version, DateTimeOffset StartedAt, DatabaseServerView Database, string Redis, string Mail, string Backups,
    BackupView? Backup, DrillView? Drill, IReadOnlyList<DrillView> Drills, AlarmLimitsView Limits, string Vulnerabilities, IReadOnlyList<AlarmView> Alarms);

/// <param name="Version">Of PostgreSQL.</param>
internal sealed record DatabaseServerView(string Version);

/// <param name="Verified">Whether a good drill has restored this very backup.</param>
internal sealed record BackupView(DateTimeOffset At, bool Verified);

/// <param name="Good">Everything came back as it was, and what had been spoilt was found.</param>
internal sealed record DrillView(DateTimeOffset At, bool Good, double RpoSeconds, double RtoSeconds)
{
    public static DrillView Of(DrillNote note) => new(note.At, note.Good, note.RpoSeconds, note.RtoSeconds);
}

/// <summary>The age at which an alarm begins.</summary>
internal sealed record AlarmLimitsView(int BackupHours, int DrillHours);

internal sealed record AlarmView(string Code, DateTimeOffset Since);

internal sealed class ShowOperationsHandler(Database database, ServiceAlarms alarms, OperationsWatch watch, RedisStore redis, IMailSender mail)
    : IRequestHandler<ShowOperations, OperationsView>
{
    private static readonly string Version = Short(typeof(ShowOperations).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    public async Task<OperationsView> Handle(ShowOperations request, CancellationToken cancellationToken)
    {
        var proof = await database.ReadAsync(connection => RestoreProof.ReadAsync(connection, cancellationToken), cancellationToken);
        return new OperationsView(
            Version,
            watch.StartedAt,
            new DatabaseServerView(proof.Server),
            redis.State.ToString().ToLowerInvariant(),
            mail.IsOn ? "on" : "off",
            alarms.Knows(proof) ? "here" : "elsewhere",
            proof.Backup is { } backup ? new BackupView(backup.At, backup.Verified) : null,
            proof.Good is { } good ? DrillView.Of(good) : null,
            [.. proof.Drills.Select(DrillView.Of)],
            new AlarmLimitsView((int)ServiceAlarms.BackupMayBe.TotalHours, (int)ServiceAlarms.DrillMayBe.TotalHours),
            // No feed of known vulnerabilities is asked: docs/operations.md, "What is inside".
            "not checked",
            [.. alarms.Of(proof).Select(alarm => new AlarmView(alarm.Code, alarm.Since))]);
    }

    // The commit as people write it: seven digits.
    private static string Short(string version) => version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus && version.Length > plus + 8 ? version[..(plus + 8)] : version;
}
