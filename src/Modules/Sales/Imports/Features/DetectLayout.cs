using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Sales.Imports.Reading;
using EPM.Sales.Imports.Receiving;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Sales.Imports.Features;

/// <summary>Says how the beginning of a file would be read, for the wizard to show and change.</summary>
[Needs(Permissions.RunImports)]
internal sealed record DetectLayout(HttpRequest Http, string Kind, string? Mapping) : IDirect<DetectedLayout>
{
    public static async Task<IResult> Endpoint(HttpRequest http, IMediator mediator, CancellationToken ct, string kind, string? mapping = null) =>
        Results.Ok(await mediator.Send(new DetectLayout(http, kind, mapping), ct));
}

internal sealed record DetectedColumn(string Name, int Index, IReadOnlyList<string> Samples, string? Target);

internal sealed record TargetColumn(string Name, bool Required);

internal sealed record DetectedLayout(
    string Format, string Encoding, string Separator, string Decimal, string DateOrder, IReadOnlyList<DetectedColumn> Columns,
    IReadOnlyList<string> Missing, IReadOnlyList<TargetColumn> Targets, string? Mapping);

internal sealed class DetectLayoutHandler(ImportKinds kinds, MappingStore mappings) : IRequestHandler<DetectLayout, DetectedLayout>
{
    private const int Samples = 5;

    public async Task<DetectedLayout> Handle(DetectLayout request, CancellationToken cancellationToken)
    {
        var columns = kinds.ColumnsOf(request.Kind);
        var known = await mappings.ListAsync(request.Kind, cancellationToken);
        var mapping = request.Mapping is null ? null : known.FirstOrDefault(m => m.Name == request.Mapping) ?? throw new NotFound("import_mapping_unknown");
        var head = await HeadAsync(request.Http, cancellationToken);
        var detected = LayoutDetection.Detect(head, columns, mapping);
        if (mapping is null)
        {
            // A saved layout that fits is a better guess than names alone; the tenant's own comes before a built-in one.
            var complete = LayoutResolution.Missing(detected.Layout, columns).Count == 0 && detected.Layout.Columns.ContainsKey(SalesColumns.Store);
            mapping = complete && request.Kind == ImportKinds.Sales ? null : LayoutResolution.Fitting(detected.Layout.Header, known.Reverse());
            detected = mapping is null ? detected : LayoutDetection.Detect(head, columns, mapping);
        }
        var layout = LayoutResolution.Resolve(detected, columns, mapping, head);
        var targets = layout.Columns.ToDictionary(column => column.Value, column => column.Key);
        return new DetectedLayout(
            layout.Format, layout.Encoding, layout.Separator.ToString(), layout.Decimal.ToString(), DateOrders.Name(layout.DateOrder),
            [.. layout.Header.Select((name, index) => new DetectedColumn(name, index,
                [.. detected.Samples.Take(Samples).Select(record => record[index])], targets.GetValueOrDefault(index)))],
            LayoutResolution.Missing(layout, columns), [.. columns.Select(column => new TargetColumn(column.Name, column.Required))],
            mapping?.Name ?? (layout.Constants.Count > 0 ? BuiltInMappings.DailyQuantities.Name : null));
    }

    private static async Task<byte[]> HeadAsync(HttpRequest http, CancellationToken ct)
    {
        var (body, _) = await UploadBody.OpenAsync(http, ct);
        var guarded = new GuardedBody(new CountingStream(body));
        await guarded.OpenAsync(ct);
        var head = new byte[UploadReceiver.HeadBytes];
        var read = await guarded.FillAsync(head, ct);
        if (read == 0)
            throw new BadInput("import_empty");
        if (head.AsSpan(0, read).Contains((byte)0))
            throw new BadInput("import_binary");
        return head[..read];
    }
}
