using Bhiv.Tests.Http;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.OpenApi;

/// <summary>The document against the running service: all that is documented is answered, and nothing else is.</summary>
public sealed class AnswersTests
{
    /// <summary>What is documented and cannot be provoked from outside, with the reason. Nothing, so far.</summary>
    private static readonly Dictionary<string, string> Unprovoked = [];

    private static readonly IEnumerable<DocumentedCall> AllCalls = DocumentedCall.All;

    private BhivService service = null!;
    private UnwellServices unwell = null!;
    private Document document = null!;
    private int answers;
    private int outcomes;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        unwell = await UnwellServices.StartAsync(service);
        document = await Document.OfAsync(service);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await TestContext.Progress.WriteLineAsync($"{document.Operations.Count} operations, {outcomes} outcomes, {answers} answers held against the document");
        await unwell.DisposeAsync();
        await service.DisposeAsync();
    }

    [Test]
    public void Every_operation_has_a_call_here() =>
        Assert.That(AllCalls.Select(call => call.ToString()), Is.EquivalentTo(document.Operations.Select(operation => operation.ToString())));

    [TestCaseSource(nameof(AllCalls))]
    public async Task An_operation_answers_all_that_is_documented_and_nothing_else(object tested)
    {
        var call = (DocumentedCall)tested;
        var operation = document.Operations.Single(it => it.ToString() == call.ToString());
        var faults = new List<string>();
        var seen = new HashSet<string>();

        await foreach (var answer in DocumentedProvocations.OfEveryCallAsync(call, service, unwell)) Hold(answer);
        await foreach (var answer in DocumentedProvocations.OfOneAsync(call, service)) Hold(answer);

        var documented = operation.Outcomes.ToHashSet();
        outcomes += documented.Count;
        Assert.That(faults, Is.Empty, string.Join('\n', faults));
        Assert.That(seen.Except(documented), Is.Empty, "answered, and not documented");
        Assert.That(documented.Except(seen).Where(it => !Unprovoked.ContainsKey($"{call} {it}")), Is.Empty, "documented, and never answered");

        void Hold(Answer answer)
        {
            answers++;
            faults.AddRange(document.FaultsOf(answer));
            seen.Add(DocumentedOperation.OutcomeOf(answer));
        }
    }

    [Test]
    public async Task Every_known_refusal_is_documented_where_it_is_answered()
    {
        var faults = new List<string>();
        await using var healthy = await BhivService.StartAsync();
        // A path that there is not has no operation.
        foreach (var provocation in Provocations.All.Where(it => it.Path is not ("/" or "/nowhere")))
        {
            var provoked = provocation.Replace is { } replace ? await BhivService.StartAsync(replace: replace) : healthy;
            var answer = await provocation.Call(provoked);
            if (provoked != healthy) await provoked.DisposeAsync();
            var request = answer.Response.RequestMessage!;
            var operation = document.Find(request.Method, request.RequestUri!.AbsolutePath)!;
            if (!operation.Outcomes.Contains(DocumentedOperation.OutcomeOf(answer))) faults.Add($"{provocation}: not documented");
            faults.AddRange(document.FaultsOf(answer).Select(fault => $"{provocation}: {fault}"));
            answers++;
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    [TestCase(Calls.FailedLogins, "FailedLoginResponse")]
    [TestCase(Calls.AuditEvents, "AuditEventResponse")]
    public async Task A_stream_is_made_of_the_rows_that_its_description_names(string path, string row)
    {
        await DocumentedProvocations.MakeRowsAsync(service);
        var token = (await service.Client.LoginAsync()).AccessToken;
        var lines = (await service.Client.GetAsync(path + "?format=ndjson", token)).Body.TrimEnd('\n').Split('\n');
        var csv = (await service.Client.GetAsync(path + "?format=csv", token)).Body;
        var schema = document.Root.GetProperty("components").GetProperty("schemas").GetProperty(row);
        var validator = new SchemaValidator(document.Root);

        Assert.That(lines.SelectMany(line => validator.FaultsOf(schema, System.Text.Json.JsonDocument.Parse(line).RootElement)), Is.Empty);
        Assert.That(csv.Split("\r\n")[0], Is.EqualTo(string.Join(',', schema.GetProperty("properties").EnumerateObject().Select(field => field.Name))));
        var content = document.Find(HttpMethod.Get, path)!.Responses.GetProperty("200").GetProperty("content");
        foreach (var type in new[] { "application/x-ndjson", "text/csv" })
            Assert.That(content.GetProperty(type).GetProperty("schema").GetProperty("description").GetString(), Does.Contain($"`{row}`"));
    }
}
