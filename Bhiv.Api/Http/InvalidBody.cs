using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Http;

/// <summary>Answers what <see cref="BodyReader"/> or a validator found wrong with a body.</summary>
internal static class InvalidBody
{
    public static IActionResult Refuse(ActionContext context)
    {
        var errors = context.ModelState
            .Where(entry => entry.Value is { Errors.Count: > 0 })
            .ToDictionary(
                entry => BodyReader.Options.PropertyNamingPolicy!.ConvertName(entry.Key),
                entry => entry.Value!.Errors.Select(error => error.ErrorMessage).ToArray());
        return errors.TryGetValue(string.Empty, out var body)
            ? new Problem(ProblemType.MalformedBody) { Detail = body[0] }
            : Problem.OfFields(errors);
    }
}
