using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Bhiv.Api.Http;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>
/// Says of each field what is let through, from what lets it through: of a request its validator, and of an answer the attributes of
/// the property.
/// </summary>
internal sealed class LimitsFilter(IServiceProvider services) : ISchemaFilter, IParameterFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema written) return;
        if (context.MemberInfo is { } member) ApplyAttributes(written, member);
        else if (FindValidator(context.Type) is { } validator) ApplyRequest(written, context.Type, validator);
        else if (written.Properties is { Count: > 0 }) RequireWhatIsAlwaysWritten(written, context.Type);
    }

    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is not OpenApiParameter { Schema: OpenApiSchema schema } written) return;
        if (context.ParameterInfo is { } info) ApplyAttributes(schema, info);
        if (context.PropertyInfo is not { } property) return;
        var container = context.ApiParameterDescription.ModelMetadata.ContainerType ?? property.ReflectedType!;
        if (FindValidator(container) is not { } validator) return;
        written.Required = Describe(schema, property, validator);
        written.Example ??= schema.FindExample();
    }

    private IValidator? FindValidator(Type type) =>
        type is { IsClass: true, ContainsGenericParameters: false }
            ? (IValidator?)services.GetService(typeof(IValidator<>).MakeGenericType(type))
            : null;

    private static void ApplyRequest(OpenApiSchema schema, Type type, IValidator validator)
    {
        // Fields that there are not are passed over.
        schema.AdditionalPropertiesAllowed = true;
        foreach (var property in type.GetProperties())
        {
            var name = BodyReader.Options.PropertyNamingPolicy!.ConvertName(property.Name);
            if (schema.Properties![name] is not OpenApiSchema field || !Describe(field, property, validator)) continue;
            BoundsWriter.ForbidNull(field);
            (schema.Required ??= new HashSet<string>()).Add(name);
        }
    }

    /// <summary>Whether there must be a value.</summary>
    private static bool Describe(OpenApiSchema field, PropertyInfo property, IValidator validator)
    {
        var required = false;
        foreach (var (rule, options) in validator.CreateDescriptor().GetValidatorsForMember(property.Name))
        {
            // What holds under a condition alone is for the description to say.
            if (options.HasCondition) continue;
            if (BoundsOf(rule) is { } bounds) BoundsWriter.Write(field, bounds);
            required |= BoundsOf(rule)?.Required == true;
            if (rule is IComparisonValidator { Comparison: Comparison.GreaterThanOrEqual } least) field.Minimum = least.ValueToCompare.ToString();
        }
        return required;
    }

    private static Bounds? BoundsOf(IPropertyValidator rule) => rule switch
    {
        IBounded bounded => bounded.Bounds,
        IMaximumLengthValidator length => new Bounds { MaximumLength = length.Max },
        INotEmptyValidator => new Bounds { Required = true },
        _ => null,
    };

    private static void ApplyAttributes(OpenApiSchema schema, ICustomAttributeProvider member)
    {
        foreach (var attribute in member.GetCustomAttributes(inherit: true))
        {
            if (attribute is FormatAttribute format) schema.Format = format.Name;
            else if (attribute is LimitedToAttribute limit) schema.MaxLength = limit.Length;
            else if (attribute is AllowedValuesAttribute allowed) BoundsWriter.WriteValues(schema.Items as OpenApiSchema ?? schema, allowed.Values);
            // As a double it would be one too many; and what has no end says so by saying nothing.
            else if (attribute is RangeAttribute { Maximum: double.MaxValue }) schema.Maximum = null;
            else if (attribute is RangeAttribute { Maximum: >= (double)long.MaxValue }) schema.Maximum = $"{long.MaxValue}";
        }
    }

    /// <summary>A member of an answer is there, be it null, unless it is one that is left out where it would be.</summary>
    private static void RequireWhatIsAlwaysWritten(OpenApiSchema schema, Type type)
    {
        // The options that problems are written with leave out every null.
        var options = type == typeof(ProblemResponse) ? Problem.Json : BodyReader.Options;
        var nullability = new NullabilityInfoContext();
        foreach (var member in options.GetTypeInfo(type).Properties)
        {
            var property = (PropertyInfo)member.AttributeProvider!;
            var mayBeNull = nullability.Create(property).ReadState == NullabilityState.Nullable;
            var isLeftOut = mayBeNull && (member.ShouldSerialize is not null || options == Problem.Json);
            if (!isLeftOut) (schema.Required ??= new HashSet<string>()).Add(member.Name);
            else if (schema.Properties![member.Name] is OpenApiSchema field) BoundsWriter.ForbidNull(field);
        }
    }
}
