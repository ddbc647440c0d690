using Bhiv.Api.Http;
using Bhiv.Tests.Support;
using FluentValidation;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Http;

public sealed class EndpointsTests
{
    private static readonly string[] OpenToAll = ["/docs", "/swagger/page.js", "/problems", "/health", "/health/live", "/health/ready"];

    [Test]
    public async Task Every_endpoint_demands_credentials_or_is_known_to_be_open()
    {
        await using var service = await BhivService.StartAsync();

        var open = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequireApiKeyAttribute>() is null
                && endpoint.Metadata.GetMetadata<RequireApiKeyAndTokenAttribute>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.That(open, Is.EquivalentTo(OpenToAll));
    }

    [Test]
    public async Task Every_body_and_query_has_a_validator_and_no_rule_of_it_is_asynchronous()
    {
        await using var service = await BhivService.StartAsync();
        var bodies = typeof(ProblemType).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && (type.Name.EndsWith("Request", StringComparison.Ordinal) || type.Name.EndsWith("Query", StringComparison.Ordinal)))
            .ToList();

        Assert.That(bodies, Has.Count.GreaterThanOrEqualTo(6));
        foreach (var body in bodies)
        {
            var validator = (IValidator)service.Services.GetRequiredService(typeof(IValidator<>).MakeGenericType(body));
            // Automatic validation is synchronous; an asynchronous rule would throw here, and at the first call otherwise.
            Assert.That(() => validator.Validate(new ValidationContext<object>(Activator.CreateInstance(body)!)), Throws.Nothing, body.Name);
            Assert.That(validator.CreateDescriptor().Rules, Is.Not.Empty, body.Name);
        }
    }
}
