using EPM.Platform.Http;
using FluentValidation;
using MediatR;

namespace EPM.Platform.Mediation;

/// <summary>Runs every validator of the request; all broken fields are told at once.</summary>
public sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        List<FieldError>? errors = null;
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            foreach (var failure in result.Errors)
                (errors ??= []).Add(new FieldError(CamelPath(failure.PropertyName), failure.ErrorCode));
        }
        if (errors is not null)
            throw new Invalid(errors);
        return await next();
    }

    private static string CamelPath(string path) =>
        string.Join('.', path.Split('.').Where(part => part != "Body").Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
}
