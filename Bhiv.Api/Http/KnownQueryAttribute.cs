using Microsoft.AspNetCore.Mvc.Filters;

namespace Bhiv.Api.Http;

/// <summary>
/// Refuses a query parameter that the action does not have, or has twice: a filter that is misspelt would be passed over, and what
/// is then told looks filtered and is not.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class KnownQueryAttribute : ActionFilterAttribute
{
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        var known = context.ActionDescriptor.Parameters.SelectMany(parameter => parameter.ParameterType.GetProperties())
            .Select(property => BodyReader.Options.PropertyNamingPolicy!.ConvertName(property.Name)).ToList();
        var errors = new Dictionary<string, string[]>();
        foreach (var (name, values) in context.HttpContext.Request.Query)
        {
            if (!known.Contains(name))
                errors[name] = [$"is not a parameter of this call. There are: {string.Join(", ", known.Order())}."];
            else if (values.Count > 1) errors[name] = ["must be given once."];
        }
        if (errors.Count > 0) context.Result = Problem.OfFields(errors);
    }
}
