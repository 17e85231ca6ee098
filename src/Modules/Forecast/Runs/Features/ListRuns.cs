using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Forecast.Features;

/// <summary>The chain's runs, newest first.</summary>
[Needs(Permissions.ViewForecasts)]
[Reads]
internal sealed record ListRuns(int Page, int Size) : IDirect<RunPage>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct, int page = 1, int size = 50) =>
        Results.Ok(await mediator.Send(new ListRuns(Math.Clamp(page, 1, 100_000), Math.Clamp(size, 1, 200)), ct));
}

internal sealed record RunPage(IReadOnlyList<RunView> Items, long Total);

internal sealed class ListRunsHandler(RunViews views) : IRequestHandler<ListRuns, RunPage>
{
    public async Task<RunPage> Handle(ListRuns request, CancellationToken cancellationToken) =>
        new(await views.PageAsync(request.Page, request.Size, cancellationToken), await views.CountAsync(cancellationToken));
}
