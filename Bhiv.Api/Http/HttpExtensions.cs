using System.Text;
using Bhiv.Api.Monitoring;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Bhiv.Api.Http;

/// <summary>The wire: the server, the bodies that come in, and the refusals that go out.</summary>
internal static class HttpExtensions
{
    public static void AddHttp(this WebApplicationBuilder builder, IReadOnlyList<string> addresses, HttpOptions options)
    {
        builder.WebHost.UseUrls([.. addresses]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            HttpLimits.Apply(kestrel);
            // Byte for byte: a key or a token with a byte that is no ASCII is refused by us, with its code, and not by Kestrel.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });

        builder.Services.Configure<SocketTransportOptions>(HttpLimits.Apply);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ConnectionShares>();
        builder.Services.AddSingleton<LateJudgement>();
        builder.Services.AddSingleton(_ => new Tarpit());
        builder.Services.AddTimeLimit();
        builder.Services.AddCrossOrigin(options.AllowedOrigins);
        builder.Services.AddExceptionHandler<FaultHandler>();
        builder.Services.AddSingleton<CredentialRefusalWriter>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler>(
            services => services.GetRequiredService<CredentialRefusalWriter>());
        builder.Services.AddAuthorization();
        builder.Services.AddControllers(SpeakJson)
            .ConfigureApiBehaviorOptions(api =>
            {
                api.SuppressMapClientErrors = true;
                api.InvalidModelStateResponseFactory = InvalidBody.Refuse;
            })
            .AddJsonOptions(json => json.JsonSerializerOptions.PropertyNamingPolicy = BodyReader.Options.PropertyNamingPolicy);
        builder.Services.AddFluentValidationAutoValidation(validation => validation.DisableDataAnnotationsValidation = true);
        builder.Services.AddValidatorsFromAssemblyContaining<FaultHandler>(ServiceLifetime.Singleton, includeInternalTypes: true);
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        // What the framework refuses without a word: no such path, no such method, no such media type.
        app.UseStatusCodePages(context =>
            ProblemType.OfStatus(context.HttpContext.Response.StatusCode) is { } type
                ? new Problem(type).WriteAsync(context.HttpContext)
                : Task.CompletedTask);
        // None of it is ever to be found in a cache: it carries credentials or what they protect.
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                || context.Request.Path.StartsWithSegments(TelemetryExtensions.Path, StringComparison.OrdinalIgnoreCase))
                context.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
    }

    /// <summary>
    /// Asks the client to send no more by this connection, once what is under way has been answered: in HTTP/1.x by a header
    /// (RFC 9112 §9.6), which HTTP/2 and 3 forbid, and there by GOAWAY (RFC 9113 §6.8). Due before the answer begins. Nothing is cut off: a
    /// connection of HTTP/2 may be a proxy's, and others ask by it; it is closed as soon as nothing is under way on it.
    /// </summary>
    public static void CloseConnection(this HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        else
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }

    private static void SpeakJson(MvcOptions mvc)
    {
        mvc.Filters.Add(new ProducesAttribute("application/json"));
        mvc.Filters.AddService<LateJudgement>();
        // JSON between systems is UTF-8 (RFC 8259 §8.1), whatever Accept-Charset asks for.
        foreach (var formatter in mvc.OutputFormatters.OfType<TextOutputFormatter>())
        {
            formatter.SupportedEncodings.Clear();
            formatter.SupportedEncodings.Add(Encoding.UTF8);
        }
        mvc.InputFormatters.Clear();
        mvc.InputFormatters.Add(new BodyReader());
        // They would drain a body that says it is a form before it can be read.
        mvc.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        // What is required is said by the validators, each in one place.
        mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
    }
}
