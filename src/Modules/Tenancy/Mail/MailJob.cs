using System.Net.Mail;
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

    // From here on a server means it for good (RFC 5321, 4.2.1).
    private const SmtpStatusCode Refused = (SmtpStatusCode)500;

    public string Kind => Name;

    /// <summary>A day: mail servers are away for longer than databases.</summary>
    public int MostAttempts => 1_440;

    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        if (await ReadAsync(subject, ct) is not { } waiting)
            return;
        if (secret.Unseal(waiting, MailQueue.Purpose) is { } plain)
        {
            var mail = JsonSerializer.Deserialize<WaitingMail>(plain)!;
            try
            {
                await sender.SendAsync(new OutgoingMail(subject, mail.To, mail.Subject, mail.Text), ct);
            }
            catch (SmtpFailedRecipientException refused) when (refused.StatusCode >= Refused)
            {
                // Asking again would change nothing, and the chain's other mail waits behind it.
                LogRefused(subject, refused.StatusCode);
                await DropAsync(subject, ct);
                return;
            }
            await NoteAsync("UPDATE tenancy.mail SET sealed = NULL, sent_at = $2 WHERE mail_id = $1", subject, ct);
        }
        else
        {
            LogUnreadable(subject);
            await DropAsync(subject, ct);
        }
    }

    private Task DropAsync(Guid mail, CancellationToken ct) => NoteAsync("UPDATE tenancy.mail SET sealed = NULL WHERE mail_id = $1 AND $2 IS NOT NULL", mail, ct);

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail} is dropped: the mail server refuses its recipient ({Status})")]
    private partial void LogRefused(Guid mail, SmtpStatusCode status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail} was sealed under another secret and is dropped: its link can be renewed")]
    private partial void LogUnreadable(Guid mail);
}
