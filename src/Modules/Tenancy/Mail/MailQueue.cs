using System.Text.Json;
using EPM.Platform.Jobs;
using EPM.Platform.Localisation;
using EPM.Platform.Mail;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;

namespace EPM.Tenancy.Mail;

/// <summary>A mail as it waits: sealed, since its text may open something.</summary>
internal sealed record WaitingMail(string To, string Subject, string Text);

/// <summary>Mail that leaves once the unit of work that asked for it has committed, and never when it has not.</summary>
internal sealed class MailQueue(TenantSession unit, CurrentTenant tenant, JobQueue jobs, IMailSender sender, DeploymentSecret secret, Texts texts, Ids ids, TimeProvider time)
{
    public const string Purpose = "mail";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <param name="kind">Begins the codes of its texts: <c>mail_kind_subject</c>, <c>mail_kind_text</c>.</param>
    /// <param name="expires">When the link in it opens nothing any more.</param>
    /// <returns>False when mail is off: whoever asked has to hand the link over in another way.</returns>
    public async Task<bool> SendAsync(string kind, string to, string language, IReadOnlyDictionary<string, object> values, DateTimeOffset expires, CancellationToken ct)
    {
        if (!sender.IsOn)
            return false;
        var (id, now) = (ids.Next(), time.GetUtcNow());
        var mail = new WaitingMail(to, texts.Say(language, $"mail_{kind}_subject", values), texts.Say(language, $"mail_{kind}_text", values));
        await TidyAsync(now, ct);
        await using (var keep = unit.Command("INSERT INTO tenancy.mail (tenant_id, mail_id, kind, recipient, sealed, queued_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"))
        {
            await keep.With(unit.TenantId).With(id).With(kind).With(to).With(secret.Seal(JsonSerializer.SerializeToUtf8Bytes(mail), Purpose)).With(now).With(expires).ExecuteNonQueryAsync(ct);
        }
        await jobs.EnqueueAsync(unit, tenant.Info, MailJob.Name, id, ct);
        unit.AfterCommit(jobs.Signal);
        return true;
    }

    private async Task TidyAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using (var forget = unit.Command("DELETE FROM tenancy.mail WHERE queued_at < $1"))
            await forget.With(now - Remembered).ExecuteNonQueryAsync(ct);
        await using var empty = unit.Command("UPDATE tenancy.mail SET sealed = NULL WHERE expires_at < $1 AND sealed IS NOT NULL");
        await empty.With(now).ExecuteNonQueryAsync(ct);
    }
}
