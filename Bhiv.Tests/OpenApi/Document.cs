using System.Text.Json;
using System.Text.RegularExpressions;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.OpenApi;

/// <summary>The document, and what an answer of the service has that it does not say.</summary>
internal sealed class Document(JsonElement root)
{
    /// <summary>Headers that callers decide on: one that is there has to be documented.</summary>
    private static readonly string[] Telling = ["WWW-Authenticate", "Retry-After", "Allow", "Cache-Control", "Refresh-Outcome", "API-Key-Rotate-By"];

    private readonly SchemaValidator validator = new(root);

    public JsonElement Root => root;

    public IReadOnlyList<DocumentedOperation> Operations { get; } =
    [
        .. root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(
            operation => new DocumentedOperation(operation.Name.ToUpperInvariant(), path.Name, operation.Value))),
    ];

    public static async Task<Document> OfAsync(BhivService service) =>
        new((await Answer.OfAsync(service.Client.GetAsync("/openapi.json"))).Json);

    /// <summary>The operation that was called; of a method that the path does not have, any of the path.</summary>
    public DocumentedOperation? Find(HttpMethod method, string path)
    {
        var ofPath = Operations.Where(operation => operation.Matches(path)).ToList();
        return ofPath.Find(operation => operation.Method == method.Method) ?? ofPath.FirstOrDefault();
    }

    public IEnumerable<string> FaultsOf(Answer answer)
    {
        var request = answer.Response.RequestMessage!;
        var status = $"{(int)answer.Status}";
        if (Find(request.Method, request.RequestUri!.AbsolutePath) is not { } operation) return [$"{request.RequestUri} is not documented"];
        if (!operation.Responses.TryGetProperty(status, out var response)) return [$"{operation}: {status} is not documented"];
        return HeaderFaults(response, answer).Concat(BodyFaults(response, answer, request.Method == HttpMethod.Head))
            .Select(fault => $"{operation}: {status}: {fault}");
    }

    private IEnumerable<string> BodyFaults(JsonElement response, Answer answer, bool isHead)
    {
        if (answer.Body.Length == 0)
            return response.TryGetProperty("content", out _) && !isHead ? ["a body is documented, and there is none"] : [];
        var type = answer.Response.Content.Headers.ContentType!.MediaType!;
        if (!response.TryGetProperty("content", out var content) || !content.TryGetProperty(type, out var documented))
            return [$"{type} is not documented"];
        var schema = documented.GetProperty("schema");
        return type.EndsWith("json", StringComparison.Ordinal) && type != "application/x-ndjson"
            ? validator.FaultsOf(schema, answer.Json)
            : validator.FaultsOf(schema, JsonSerializer.SerializeToElement(answer.Body));
    }

    private IEnumerable<string> HeaderFaults(JsonElement response, Answer answer)
    {
        var headers = response.GetProperty("headers");
        foreach (var header in headers.EnumerateObject())
        {
            if (Values(answer, header.Name) is not { } values)
            {
                if (header.Value.TryGetProperty("required", out var required) && required.GetBoolean())
                    yield return $"{header.Name} is documented, and not there";
            }
            else
            {
                foreach (var value in values)
                {
                    var isNumber = header.Value.GetProperty("schema").GetProperty("type").GetString() == "integer";
                    var json = isNumber ? JsonDocument.Parse(value).RootElement : JsonSerializer.SerializeToElement(value);
                    foreach (var fault in validator.FaultsOf(header.Value.GetProperty("schema"), json, header.Name)) yield return fault;
                }
            }
        }
        foreach (var name in Telling.Where(name => !headers.TryGetProperty(name, out _) && Values(answer, name) is not null))
            yield return $"{name} is there, and not documented";
    }

    private static IEnumerable<string>? Values(Answer answer, string name) =>
        answer.Response.Headers.TryGetValues(name, out var values) || answer.Response.Content.Headers.TryGetValues(name, out values)
            ? values
            : null;
}

internal sealed record DocumentedOperation(string Method, string Path, JsonElement Json)
{
    private readonly Regex pattern = new("^" + Regex.Replace(Path, @"\{\w+\}", "[^/]+") + "$");

    public JsonElement Responses => Json.GetProperty("responses");

    /// <summary>What it may answer: each status with each of its codes, or with each of its content types, or with nothing.</summary>
    public IEnumerable<string> Outcomes => Responses.EnumerateObject().SelectMany(response => OutcomesOf(response.Name, response.Value));

    public bool Matches(string path) => pattern.IsMatch(path);

    /// <summary>What it did answer, in the same words.</summary>
    public static string OutcomeOf(Answer answer)
    {
        var type = answer.Body.Length == 0 ? "" : answer.Response.Content.Headers.ContentType!.MediaType!;
        return $"{(int)answer.Status} {(type == "application/problem+json" ? answer.Code : type)}";
    }

    public override string ToString() => $"{Method} {Path}";

    private static IEnumerable<string> OutcomesOf(string status, JsonElement response)
    {
        if (!response.TryGetProperty("content", out var content) || !content.EnumerateObject().Any()) return [$"{status} "];
        return content.EnumerateObject().SelectMany(type => type.Name == "application/problem+json"
            ? type.Value.GetProperty("schema").GetProperty("allOf")[1].GetProperty("properties").GetProperty("code").GetProperty("enum")
                .EnumerateArray().Select(code => $"{status} {code.GetString()}")
            : [$"{status} {type.Name}"]);
    }
}
