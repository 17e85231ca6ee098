using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Forecast.Features;

/// <summary>State and counters of one run.</summary>
[Needs(Permissions.ViewForecasts)]
[Reads]
internal sealed record GetRun(Guid Id) : IDirect<RunView>
{
    public static async Task<IResult> Endpoint(Guid id, IMediator mediator, CancellationToken ct) => Results.Ok(await mediator.Send(new GetRun(id), ct));
}

internal sealed class GetRunHandler(RunViews views) : IRequestHandler<GetRun, RunView>
{
    public async Task<RunView> Handle(GetRun request, CancellationToken cancellationToken) =>
        await views.FindAsync(request.Id, cancellationToken) ?? throw new NotFound();
}
