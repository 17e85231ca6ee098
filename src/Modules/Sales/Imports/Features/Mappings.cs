using System.Text.Json;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EPM.Sales.Imports.Features;

/// <summary>The mappings a kind of import may use.</summary>
[Needs(Permissions.ViewImports)]
[Reads]
internal sealed record ListMappings(string Kind) : IDirect<MappingList>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct, string kind = ImportKinds.Sales) =>
        Results.Ok(await mediator.Send(new ListMappings(kind), ct));
}

internal sealed record MappingList(IReadOnlyList<Mapping> Items);

internal sealed class ListMappingsHandler(MappingStore mappings) : IRequestHandler<ListMappings, MappingList>
{
    public async Task<MappingList> Handle(ListMappings request, CancellationToken cancellationToken) =>
        new(await mappings.ListAsync(request.Kind, cancellationToken));
}

/// <summary>Saves a mapping under its name, new or in place of the one before.</summary>
[Needs(Permissions.RunImports)]
internal sealed record SaveMapping(string Name, Mapping Body) : ICommand<Mapping>
{
    public static async Task<IResult> Endpoint(string name, Mapping body, IMediator mediator, CancellationToken ct) =>
        Results.Ok(await mediator.Send(new SaveMapping(name, body), ct));
}

internal sealed class SaveMappingValidator : AbstractValidator<SaveMapping>
{
    public SaveMappingValidator(ImportKinds kinds)
    {
        RuleFor(request => request.Name).NotEmpty().MaximumLength(60)
            .Must(name => BuiltInMappings.All.All(mapping => mapping.Name != name)).WithErrorCode("mapping_built_in");
        RuleFor(request => request.Body.Columns).NotEmpty()
            .Must((request, columns) => columns.Keys.All(target => kinds.ColumnsOf(request.Body.Kind).Any(column => column.Name == target)))
            .WithErrorCode("mapping_target_unknown");
        RuleFor(request => request.Body.LineNumber).Must(how => how is Mapping.Column or Mapping.Ordinal);
        RuleFor(request => request.Body.UnknownProducts).Must(how => how is Mapping.Create or Mapping.Reject);
        RuleFor(request => request.Body.UnknownStores).Must(how => how is Mapping.Create or Mapping.Reject);
        RuleFor(request => request.Body.Separator).Must(separator => separator is null or "," or ";" or "\t" or "|");
        RuleFor(request => request.Body.Encoding).Must(encoding => encoding is null or "utf-8" or "windows-1252");
        RuleFor(request => request.Body.Decimal).Must(mark => mark is null or "." or ",");
        RuleFor(request => request.Body.DateOrder).Must(order => order is null or "ymd" or "dmy" or "mdy");
    }
}

internal sealed class SaveMappingHandler(TenantSession session, MappingStore mappings, AuditTrail audit) : IRequestHandler<SaveMapping, Mapping>
{
    public async Task<Mapping> Handle(SaveMapping request, CancellationToken cancellationToken)
    {
        var mapping = request.Body with { Name = request.Name, BuiltIn = false };
        var before = (await mappings.ListAsync(mapping.Kind, cancellationToken)).FirstOrDefault(known => known.Name == mapping.Name);
        await using var save = session.Command("""
            INSERT INTO sales.import_mapping (tenant_id, kind, name, definition) VALUES ($1, $2, $3, $4::jsonb)
            ON CONFLICT (tenant_id, kind, name) DO UPDATE SET definition = excluded.definition
            """);
        save.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        save.Parameters.Add(new NpgsqlParameter<string> { TypedValue = mapping.Kind });
        save.Parameters.Add(new NpgsqlParameter<string> { TypedValue = mapping.Name });
        save.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(mapping, JsonSerializerOptions.Web) });
        await save.ExecuteNonQueryAsync(cancellationToken);
        audit.Record("mapping.saved", "mapping/" + mapping.Name, before, mapping);
        return mapping;
    }
}

/// <summary>Removes a mapping of the tenant's own; imports that used it keep what they made of it.</summary>
[Needs(Permissions.RunImports)]
internal sealed record DeleteMapping(string Kind, string Name) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(string name, IMediator mediator, CancellationToken ct, string kind = ImportKinds.Sales)
    {
        await mediator.Send(new DeleteMapping(kind, name), ct);
        return Results.NoContent();
    }
}

internal sealed class DeleteMappingHandler(TenantSession session, AuditTrail audit) : IRequestHandler<DeleteMapping, Unit>
{
    public async Task<Unit> Handle(DeleteMapping request, CancellationToken cancellationToken)
    {
        await using var delete = session.Command("DELETE FROM sales.import_mapping WHERE tenant_id = $1 AND kind = $2 AND name = $3");
        delete.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        delete.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Kind });
        delete.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Name });
        if (await delete.ExecuteNonQueryAsync(cancellationToken) != 1)
            throw new NotFound();
        audit.Record("mapping.deleted", "mapping/" + request.Name, before: new { request.Kind });
        return Unit.Value;
    }
}
