using System.Text.Json;
using EPM.Platform.Jobs;
using EPM.Platform.Mail;
using EPM.Platform.Persistence;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using Microsoft.Extensions.Logging;

namespace EPM.Tenancy.Mail;

/// <summary>
/// Hands one mail to the mail server. No transaction is open meanwhile; a host that dies between the server's yes and the note of it
/// sends the mail again, under the same message id.
/// </summary>
internal sealed partial class MailJob(TenantSession unit, IMailSender sender, DeploymentSecret secret, TimeProvider time, ILogger<MailJob> logger) : IJobHandler
{
    public const string Name = "mail";

    public string Kind => Name;

    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        if (await ReadAsync(subject, ct) is not { } waiting)
            return;
        if (secret.Unseal(waiting, MailQueue.Purpose) is { } plain)
        {
            var mail = JsonSerializer.Deserialize<WaitingMail>(plain)!;
            await sender.SendAsync(new OutgoingMail(subject, mail.To, mail.Subject, mail.Text), ct);
            await NoteAsync("UPDATE tenancy.mail SET sealed = NULL, sent_at = $2 WHERE mail_id = $1", subject, ct);
        }
        else
        {
            LogUnreadable(subject);
            await NoteAsync("UPDATE tenancy.mail SET sealed = NULL WHERE mail_id = $1 AND $2 IS NOT NULL", subject, ct);
        }
    }

    private async Task<byte[]?> ReadAsync(Guid mail, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: true, ct);
        await using (var find = unit.Command("SELECT sealed FROM tenancy.mail WHERE mail_id = $1 AND sealed IS NOT NULL AND expires_at > $2"))
        {
            var found = (byte[]?)await find.With(mail).With(time.GetUtcNow()).ExecuteScalarAsync(ct);
            await unit.CommitAsync(ct);
            return found;
        }
    }

    private async Task NoteAsync(string sql, Guid mail, CancellationToken ct)
    {
        await unit.BeginAsync(readOnly: false, ct);
        await using (var note = unit.Command(sql))
            await note.With(mail).With(time.GetUtcNow()).ExecuteNonQueryAsync(ct);
        await unit.CommitAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail} was sealed under another secret and is dropped: its link can be renewed")]
    private partial void LogUnreadable(Guid mail);
}
