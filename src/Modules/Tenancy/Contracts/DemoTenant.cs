using EPM.Platform.Security;

namespace EPM.Tenancy.Contracts;

/// <summary>The demonstration chain's address and sign-ins: public knowledge, and therefore good for nothing outside development.</summary>
public static class DemoTenant
{
    public const string Slug = "demo";

    /// <summary>One account for each role, in the order they are shown.</summary>
    public static readonly IReadOnlyList<DemoAccount> Accounts =
    [
        new(Roles.Director, "Awa Ndiaye", "directrice@teranga.demo", "marche-sandaga-1"),
        new(Roles.RegionalManager, "Moussa Diop", "region@teranga.demo", "marche-sandaga-2"),
        new(Roles.StoreManager, "Fatou Sarr", "magasin@teranga.demo", "marche-sandaga-3"),
        new(Roles.Analyst, "Koffi Kouassi", "analyste@teranga.demo", "marche-sandaga-4"),
        new(Roles.Admin, "Aminata Fall", "admin@teranga.demo", "marche-sandaga-5"),
        new(Roles.Integrator, "Ibrahima Ba", "integration@teranga.demo", "marche-sandaga-6"),
    ];
}

/// <param name="Role">One of <see cref="Roles"/>.</param>
public sealed record DemoAccount(string Role, string Name, string Email, string Password);
