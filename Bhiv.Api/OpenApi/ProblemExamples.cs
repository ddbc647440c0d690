using System.Text.Json;
using System.Text.Json.Nodes;
using Bhiv.Api.Accounts;
using Bhiv.Api.Http;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Bhiv.Api.OpenApi;

/// <summary>A refusal as it is written, made by what writes it.</summary>
internal sealed class ProblemExamples(IServiceProvider services)
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    public JsonNode Of(ProblemType type, ApiDescription operation)
    {
        var problem = type == ProblemType.ValidationFailed ? Problem.OfFields(ErrorsOf(operation)) : new Problem(type);
        foreach (var (credential, types) in CredentialRefusal.Types)
        {
            if (types.Contains(type)) problem = problem with { Refusals = [new Refusal(credential, type)] };
        }
        return JsonSerializer.SerializeToNode(problem.ToResponse("/" + operation.RelativePath, TraceId), Problem.Json)!;
    }

    /// <summary>What is said of a request with nothing in it; where that is a good one, of a field that is something else.</summary>
    private Dictionary<string, string[]> ErrorsOf(ApiDescription operation)
    {
        // Of what stands in the path nothing is judged: it names something, or it does not.
        var input = operation.ParameterDescriptions.First(parameter => parameter.Source != BindingSource.Path);
        // There is one header with a form, and the action judges it.
        if (input.Source == BindingSource.Header) return new() { [input.Name] = [AccountVersion.Rule] };
        var type = input.ModelMetadata.ContainerType ?? input.Type;
        var validator = (IValidator)services.GetRequiredService(typeof(IValidator<>).MakeGenericType(type));
        var errors = validator.Validate(new ValidationContext<object>(Activator.CreateInstance(type)!)).ToDictionary();
        var name = BodyReader.Options.PropertyNamingPolicy!;
        return errors.Count > 0
            ? errors.ToDictionary(field => name.ConvertName(field.Key), field => field.Value)
            : new() { [name.ConvertName(type.GetProperties()[0].Name)] = [BodyReader.WrongType] };
    }
}
