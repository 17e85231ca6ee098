using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Persistence;

internal static class People
{
    /// <returns>Null when this chain has no such person.</returns>
    public static Task<string?> EmailOfAsync(this TenancyDbContext context, Guid user, CancellationToken ct) =>
        context.Users.Where(person => person.UserId == user).Select(person => (string?)person.Email).SingleOrDefaultAsync(ct);
}
