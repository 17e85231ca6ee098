using System.Net.Mail;
using System.Text;
using EPM.Platform.Modules;

namespace EPM.Platform.Mail;

/// <summary>Mail by SMTP, one connection a mail: there are few, and none waits in memory.</summary>
internal sealed class SmtpMailSender(EpmSettings settings) : IMailSender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SmtpServer? _server = SmtpServer.Parse(settings.Smtp, settings.Domain);

    public bool IsOn => _server is not null;

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        var server = _server ?? throw new InvalidOperationException("EPM_SMTP is not set.");
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Encrypted, Credentials = server.Account };
        using var message = new MailMessage(server.From, new MailAddress(mail.To))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        message.Headers["Message-ID"] = $"<{mail.Id:N}@{server.From.Host}>";
        message.Headers["Auto-Submitted"] = "auto-generated";
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, deadline.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new SmtpException(SmtpStatusCode.GeneralFailure, "The mail server did not answer in time.");
        }
    }
}
