using EPM.Platform.Messaging;

namespace EPM.Tenancy.Contracts;

/// <summary>A chain was opened, with its first people.</summary>
/// <param name="FirstAdministrator">Null when it was opened without one.</param>
/// <param name="Site">Where its people reach it; null when it was not opened by signing up.</param>
public sealed record TenantOpened(string Slug, string Name, string Language, Guid? FirstAdministrator, Uri? Site) : IFact
{
    string IFact.About => "tenant/" + Slug;
}
