using System.Text.Json;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Idempotency;
using EPM.Platform.Jobs;
using EPM.Platform.Mediation;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Imports.Receiving;
using EPM.Sales.Imports.Running;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace EPM.Sales.Imports.Features;

/// <summary>Takes a file in and queues its import. Nothing is kept of a file that could not be read to its end.</summary>
/// <param name="Part">What the seed knows its file by, for as long as the import is there; null for anybody else's.</param>
[Needs(Permissions.RunImports)]
internal sealed record ReceiveImport(HttpRequest Http, string Kind, bool Atomic, bool DryRun, string? Mapping, string? FileName, string? Part) : IDirect<Guid>
{
    public static async Task<IResult> Endpoint(
        HttpRequest http, IMediator mediator, CancellationToken ct, string kind, string mode = "partial", bool dryRun = false, string? mapping = null, string? file = null)
    {
        if (mode is not ("partial" or "atomic"))
            throw new BadInput("import_mode_unknown", ("mode", mode));
        // Guarded by its own counters; the server's limit is for bodies that are held in memory.
        if (http.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = GuardedBody.MostBytes;
        var id = await mediator.Send(new ReceiveImport(http, kind, mode == "atomic", dryRun, mapping, file, Part: null), ct);
        return Results.Accepted($"/api/v1/imports/{id}", new { id });
    }
}

internal sealed class ReceiveImportHandler(
    ImportKinds kinds, MappingStore mappings, TenantSession session, CurrentTenant tenant, CurrentCaller caller,
    JobQueue jobs, Ids ids, TimeProvider time, EpmSettings settings, KeyedRequest keyed, AuditTrail audit) : IRequestHandler<ReceiveImport, Guid>
{
    public async Task<Guid> Handle(ReceiveImport request, CancellationToken cancellationToken)
    {
        var columns = kinds.ColumnsOf(request.Kind);
        var mapping = request.Mapping is null ? null : await mappings.FindAsync(request.Kind, request.Mapping, cancellationToken);
        var (body, name) = await UploadBody.OpenAsync(request.Http, cancellationToken);
        var receiver = new UploadReceiver(columns, mapping, Path.Combine(settings.DataDirectory, "uploads"));
        using var file = await receiver.ReceiveAsync(body, cancellationToken);
        keyed.BodyIs(file.Sha256);
        await session.BeginAsync(readOnly: false, cancellationToken);
        session.AfterCommit(jobs.Signal);
        return await session.CommitAsync(await StoreAsync(request, file, request.FileName ?? name, cancellationToken), cancellationToken);
    }

    private async Task<Guid> StoreAsync(ReceiveImport request, ReceivedFile file, string? name, CancellationToken ct)
    {
        // Imports are numbered one after the other; whoever receives at the same time waits here for a moment.
        await using (var turn = session.Command("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))"))
        {
            turn.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.Id.ToString() });
            await turn.ExecuteNonQueryAsync(ct);
        }
        var id = ids.Next();
        await InsertAsync(request, file, name, id, ct);
        await jobs.EnqueueAsync(session, tenant.Info, ImportJob.JobKind, id, ct);
        return id;
    }

    private async Task InsertAsync(ReceiveImport request, ReceivedFile file, string? name, Guid id, CancellationToken ct)
    {
        await using var insert = session.Command("""
            INSERT INTO sales.import (tenant_id, import_id, import_no, kind, mode, dry_run, mapping, layout, file_name, idempotency_key,
              state, total_bytes, created_at, created_by, language, scope)
            SELECT $1, $2, coalesce(max(import_no), 0) + 1, $3, $4, $5, $6, $7::jsonb, $8, $9, 'queued', $10, $11, $12, $13, $14::jsonb
            FROM sales.import RETURNING import_no
            """);
        var who = caller.Value;
        insert.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid> { TypedValue = id },
            new NpgsqlParameter<string> { TypedValue = request.Kind }, new NpgsqlParameter<string> { TypedValue = request.Atomic ? "atomic" : "partial" },
            new NpgsqlParameter<bool> { TypedValue = request.DryRun }, new NpgsqlParameter<string?> { TypedValue = request.Mapping },
            new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(file.Layout, JsonSerializerOptions.Web) },
            new NpgsqlParameter<string?> { TypedValue = name is { Length: > 200 } ? name[..200] : name }, new NpgsqlParameter<string?> { TypedValue = request.Part },
            new NpgsqlParameter<long> { TypedValue = file.Bytes },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() }, new NpgsqlParameter<string> { TypedValue = who.Name },
            new NpgsqlParameter<string> { TypedValue = who.Language },
            new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(who.Scope, JsonSerializerOptions.Web) },
        });
        audit.Record("import.received", $"import/{(int)(await insert.ExecuteScalarAsync(ct))!}",
            after: new { request.Kind, request.Atomic, request.DryRun, request.Mapping, File = name, file.Bytes });
        var number = 0;
        foreach (var chunk in file.Spool.Chunks())
        {
            await new BulkInsert(session, "sales.import_chunk").Constant("import_id", id)
                .Column("chunk_no", "int", [number++]).Column("content", "bytea", [chunk]).RunAsync(ct);
        }
    }
}
