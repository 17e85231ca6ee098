using MediatR;

namespace EPM.Platform.Mediation;

/// <summary>Changes the tenant's data: runs in one write transaction, committed when the handler returns.</summary>
public interface ICommand<out T> : IRequest<T>;

/// <summary>Reads the tenant's data: runs in one READ ONLY transaction.</summary>
public interface IQuery<out T> : IRequest<T>;

/// <summary>
/// Opens its own transactions, or none: bulk paths, hot reads, and work before a tenant exists. Taken for a change unless it is
/// marked <see cref="ReadsAttribute"/>.
/// </summary>
public interface IDirect<out T> : IRequest<T>;

/// <summary>The permission a request needs. A request without this or <see cref="PublicAttribute"/> is refused.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}

/// <summary>An <see cref="IDirect{T}"/> that changes nothing: its unit of work refuses to begin a write transaction.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsAttribute : Attribute;

/// <summary>A request anyone may send, with the reason why that is right.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
