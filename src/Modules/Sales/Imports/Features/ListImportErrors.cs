using EPM.Platform.Documents;
using EPM.Platform.Http;
using EPM.Platform.Localisation;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EPM.Sales.Imports.Features;

/// <summary>The rejected lines of an import, each with what is wrong and what to do, in the caller's language.</summary>
[Needs(Permissions.ViewImports)]
[Reads]
internal sealed record ListImportErrors(Guid Id, int? Page, int Size) : IDirect<ImportErrorPage>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CurrentCaller caller, CancellationToken ct, string format = "csv", int page = 1, int size = 50)
    {
        var asCsv = format != "json";
        var errors = await mediator.Send(new ListImportErrors(id, asCsv ? null : Math.Max(1, page), Math.Clamp(size, 1, 500)), ct);
        return asCsv
            ? Results.File(await CsvExport.FileAsync(caller.Value.Language, ["line", "column", "code", "message", "fix", "content"],
                errors.Items.Select(e => new object?[] { e.Line, e.Column, e.Code, e.Message, e.Fix, e.Content })), CsvExport.ContentType, $"errors-{id}.csv")
            : Results.Ok(errors);
    }
}

internal sealed record ImportErrorView(long Line, string Column, string Code, string Message, string Fix, string Content);

internal sealed record ImportErrorPage(IReadOnlyList<ImportErrorView> Items, long Total);

internal sealed class ListImportErrorsHandler(ImportViews views, TenantSession session, CurrentCaller caller, Texts texts)
    : IRequestHandler<ListImportErrors, ImportErrorPage>
{
    private const int MostInOneFile = 1_000_000;

    public async Task<ImportErrorPage> Handle(ListImportErrors request, CancellationToken cancellationToken)
    {
        var import = await views.FindAsync(request.Id, cancellationToken) ?? throw new NotFound();
        var size = request.Page is null ? MostInOneFile : request.Size;
        var items = await session.ReadAsync("""
            SELECT file_line, field, code, value, content FROM sales.import_error
            WHERE tenant_id = $1 AND import_id = $2 ORDER BY file_line, error_no LIMIT $3 OFFSET $4
            """,
            [
                new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<Guid> { TypedValue = request.Id },
                new NpgsqlParameter<int> { TypedValue = size }, new NpgsqlParameter<int> { TypedValue = ((request.Page ?? 1) - 1) * size },
            ],
            async reader =>
            {
                var errors = new List<ImportErrorView>();
                while (await reader.ReadAsync(cancellationToken))
                    errors.Add(View(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)));
                return errors;
            }, cancellationToken);
        return new ImportErrorPage(items, import.Rejected);
    }

    private ImportErrorView View(long line, string field, string code, string value, string content)
    {
        var args = new Dictionary<string, object>(StringComparer.Ordinal) { ["value"] = value, ["column"] = field };
        var language = caller.Value.Language;
        return new ImportErrorView(line, field, code, texts.Say(language, code, args), texts.Say(language, code + ".fix", args), content);
    }
}
