using Bhiv.Api.Designs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Support;

/// <summary>
/// Opens generate to everybody and leaves all else as it is: what the guard costs is what the product takes beyond this.
/// </summary>
internal sealed class WithoutCredentials : IActionModelConvention
{
    public static void Replace(IServiceCollection services) =>
        services.Configure<MvcOptions>(mvc => mvc.Conventions.Add(new WithoutCredentials()));

    public void Apply(ActionModel action)
    {
        if (action.Controller.ControllerType != typeof(GenerateController)) return;
        foreach (var selector in action.Selectors)
        {
            foreach (var demand in selector.EndpointMetadata.Where(IsDemand).ToList()) selector.EndpointMetadata.Remove(demand);
        }
    }

    private static bool IsDemand(object metadata) => metadata is IAuthorizeData or IAuthorizationRequirementData;
}
