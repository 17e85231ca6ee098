using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Needs(Permissions.SignedIn)]
internal sealed record ShowTwoFactor : IQuery<TwoFactorView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ShowTwoFactor(), ct));
}

internal sealed record TwoFactorView(bool On, int RecoveryCodesLeft);

internal sealed class ShowTwoFactorHandler(CurrentCaller caller, TwoFactor twoFactor) : IRequestHandler<ShowTwoFactor, TwoFactorView>
{
    public async Task<TwoFactorView> Handle(ShowTwoFactor request, CancellationToken cancellationToken)
    {
        var state = await twoFactor.ReadAsync(caller.Value.UserId, cancellationToken);
        return new TwoFactorView(state.On, state.RecoveryCodesLeft);
    }
}
