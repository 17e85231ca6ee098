using EPM.Platform.Messaging;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Mail;
using EPM.Tenancy.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Reactions;

/// <summary>Sends whoever signed the chain up its address, if mail is on: a mail server that is away holds up no sign-up.</summary>
internal sealed class WelcomeFirstAdministrator(TenancyDbContext context, MailQueue mail, TimeProvider time) : IReaction<TenantOpened>
{
    // A welcome that comes later than that is none.
    private static readonly TimeSpan WorthSending = TimeSpan.FromDays(3);

    public async Task ReactAsync(TenantOpened fact, Guid factId, CancellationToken ct)
    {
        if (fact.Site is null || await context.Users.SingleOrDefaultAsync(person => person.UserId == fact.FirstAdministrator, ct) is not { } administrator)
            return;
        await mail.SendAsync("welcome", administrator.Email, fact.Language, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["name"] = administrator.Name,
            ["chain"] = fact.Name,
            ["email"] = administrator.Email,
            ["link"] = fact.Site,
        }, time.GetUtcNow() + WorthSending, ct);
    }
}
