using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.OpenApi;

/// <summary>Nothing is in the document that it does not explain.</summary>
public sealed class CompletenessTests
{
    private Document document = null!;

    [OneTimeSetUp]
    public async Task ReadAsync()
    {
        await using var service = await BhivService.StartAsync();
        document = await Document.OfAsync(service);
    }

    [Test]
    public void Every_operation_has_a_name_of_its_own_a_summary_a_description_and_a_tag_that_is_explained()
    {
        var tags = document.Root.GetProperty("tags").EnumerateArray().Where(tag => Has(tag, "description")).Select(tag => Text(tag, "name")).ToList();

        Assert.That(document.Operations.Select(operation => Text(operation.Json, "operationId")), Is.Unique.And.All.Match("^[a-z][A-Za-z]+$"));
        Assert.That(document.Operations.Where(operation => !Has(operation.Json, "summary") || !Has(operation.Json, "description")), Is.Empty);
        Assert.That(document.Operations.SelectMany(operation => operation.Json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())).Distinct(), Is.SubsetOf(tags));
    }

    [Test]
    public void Every_parameter_and_body_has_a_description_and_an_example()
    {
        var lacks = new List<string>();
        foreach (var operation in document.Operations)
        {
            foreach (var parameter in Items(operation.Json, "parameters"))
            {
                if (!Has(parameter, "description")) lacks.Add($"{operation}: {Text(parameter, "name")}: description");
                if (!Has(parameter, "example")) lacks.Add($"{operation}: {Text(parameter, "name")}: example");
            }
            if (operation.Json.TryGetProperty("requestBody", out var body) && !Has(body, "description")) lacks.Add($"{operation}: body: description");
        }

        Assert.That(lacks, Is.Empty, string.Join('\n', lacks));
    }

    [Test]
    public void Every_answer_has_a_description_an_example_and_the_same_of_each_header()
    {
        var lacks = new List<string>();
        foreach (var operation in document.Operations)
        {
            foreach (var response in operation.Responses.EnumerateObject())
            {
                var at = $"{operation}: {response.Name}";
                // "OK" is what the framework says where nobody said anything.
                if (!Has(response.Value, "description") || Text(response.Value, "description") is "OK" or "No Content") lacks.Add($"{at}: description");
                foreach (var header in response.Value.GetProperty("headers").EnumerateObject().Where(header => !Has(header.Value, "description") || !Has(header.Value, "example")))
                    lacks.Add($"{at}: {header.Name}");
                if (!response.Value.TryGetProperty("content", out var content)) continue;
                // JSON is composed of the examples of its fields.
                foreach (var type in content.EnumerateObject().Where(type => type.Name != "application/json" && !Has(type.Value, "example") && !Has(type.Value, "examples")))
                    lacks.Add($"{at}: {type.Name}: example");
            }
        }

        Assert.That(lacks, Is.Empty, string.Join('\n', lacks));
    }

    [Test]
    public void Every_field_has_a_description_and_an_example_that_is_one()
    {
        var lacks = new List<string>();
        var validator = new SchemaValidator(document.Root);
        foreach (var schema in document.Root.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (!Has(schema.Value, "description")) lacks.Add($"{schema.Name}: description");
            foreach (var field in schema.Value.GetProperty("properties").EnumerateObject())
            {
                var at = $"{schema.Name}.{field.Name}";
                var isComposed = field.Value.TryGetProperty("$ref", out _) || (field.Value.TryGetProperty("items", out var items) && items.TryGetProperty("$ref", out _));
                if (!Has(field.Value, "description") && !field.Value.TryGetProperty("$ref", out _)) lacks.Add($"{at}: description");
                if (field.Value.TryGetProperty("example", out var example)) lacks.AddRange(validator.FaultsOf(field.Value, example, at));
                else if (!isComposed) lacks.Add($"{at}: example");
            }
        }

        Assert.That(lacks, Is.Empty, string.Join('\n', lacks));
    }

    [Test]
    public void Every_example_of_a_parameter_a_body_and_a_problem_is_one()
    {
        var faults = new List<string>();
        var validator = new SchemaValidator(document.Root);
        foreach (var operation in document.Operations)
        {
            foreach (var parameter in Items(operation.Json, "parameters"))
                faults.AddRange(validator.FaultsOf(parameter.GetProperty("schema"), parameter.GetProperty("example"), $"{operation}: {Text(parameter, "name")}"));
            if (operation.Json.TryGetProperty("requestBody", out var body)) Hold(body, $"{operation}: body");
            foreach (var response in operation.Responses.EnumerateObject()) Hold(response.Value, $"{operation}: {response.Name}");
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));

        void Hold(JsonElement carrier, string at)
        {
            if (!carrier.TryGetProperty("content", out var content)) return;
            foreach (var type in content.EnumerateObject())
            {
                var schema = type.Value.GetProperty("schema");
                if (type.Value.TryGetProperty("example", out var example)) faults.AddRange(validator.FaultsOf(schema, example, at));
                if (!type.Value.TryGetProperty("examples", out var examples)) continue;
                foreach (var one in examples.EnumerateObject()) faults.AddRange(validator.FaultsOf(schema, one.Value.GetProperty("value"), $"{at}: {one.Name}"));
            }
        }
    }

    [Test]
    public void A_text_that_is_sent_has_a_bound_or_a_reason_to_have_none()
    {
        // What is no token is told so, however long it is, and a cursor comes from here.
        string[] unbounded = ["RefreshRequest.refresh_token", "TokenRequest.token", "TokenRequest.token_type_hint", "cursor"];
        var schemas = document.Root.GetProperty("components").GetProperty("schemas").EnumerateObject();
        var fields = schemas.Where(schema => schema.Name.EndsWith("Request", StringComparison.Ordinal))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject().Select(field => ($"{schema.Name}.{field.Name}", field.Value)));
        var parameters = document.Operations.SelectMany(operation => Items(operation.Json, "parameters"))
            .Select(parameter => (Text(parameter, "name"), parameter.GetProperty("schema")));

        var free = fields.Concat(parameters).Where(field => Text(field.Item2, "type") == "string"
            && !new[] { "maxLength", "enum", "format", "anyOf" }.Any(limit => field.Item2.TryGetProperty(limit, out _))).Select(field => field.Item1);

        Assert.That(free.Distinct(), Is.EquivalentTo(unbounded));
    }

    [Test]
    public void No_host_is_named() =>
        Assert.That(document.Root.GetProperty("servers").EnumerateArray().Select(server => Text(server, "url")), Is.EqualTo(new[] { "/" }));

    private static bool Has(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && (value.ValueKind != JsonValueKind.String || value.GetString()!.Length > 0);

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString()! : "";

    private static List<JsonElement> Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out var items) ? [.. items.EnumerateArray()] : [];
}
