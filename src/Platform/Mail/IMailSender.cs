namespace EPM.Platform.Mail;

/// <summary>The way out for mail. Called by jobs, never within a request: a mail server may be slow or away.</summary>
public interface IMailSender
{
    /// <summary>Whether the operator has named a mail server.</summary>
    bool IsOn { get; }

    /// <exception cref="System.Net.Mail.SmtpException">The server did not take it; it may the next time.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken ct);
}

/// <param name="Id">The same each time this mail is sent: a server or a reader tells repetitions by it.</param>
/// <param name="Text">Plain text; a link stands on a line of its own.</param>
public sealed record OutgoingMail(Guid Id, string To, string Subject, string Text);
