using EPM.Platform.Http;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Domain;

namespace EPM.Tenancy.Passwords;

internal static class OwnWords
{
    /// <summary>The rule about one's own words, for a password whose person is only known once a link was opened.</summary>
    /// <exception cref="Invalid"><c>password_own</c> under the password.</exception>
    public static void Refuse(string password, string email, string name, TenantInfo tenant)
    {
        if (!PasswordPolicy.IsMoreThan(password, [email, name, tenant.Name, tenant.Slug]))
            throw new Invalid([new FieldError("password", "password_own")]);
    }
}
