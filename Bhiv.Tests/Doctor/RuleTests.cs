using System.Runtime.Versioning;
using Bhiv.Api.Doctor;
using Bhiv.Application.ApiKeys;
using Bhiv.Application.SigningKeys;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Doctor;

/// <summary>Where one finding ends and the next begins.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class RuleTests
{
    private static readonly Author By = new("test");

    private Scene scene = null!;

    [SetUp]
    public void Prepare() => scene = new Scene();

    [TearDown]
    public void CleanUp() => scene.Dispose();

    [TestCase(20, -1, "secret_good")]
    [TestCase(20, 0, "secret_due")]
    [TestCase(30, -1, "secret_due")]
    [TestCase(30, 0, "secret_overdue")]
    public async Task A_secret_is_due_ten_days_before_and_overdue_from_the_day_on(int days, int seconds, string id)
    {
        await scene.ServeAsync();
        scene.Clock.Advance(TimeSpan.FromDays(days) + TimeSpan.FromSeconds(seconds));

        Assert.That((await FindAsync("API_KEY is from")).Kind.Id, Is.EqualTo(id));
    }

    [TestCase(14, "previous_signing_key_needed")]
    [TestCase(15, "previous_signing_key_unneeded")]
    public async Task Without_a_session_the_previous_signing_key_stays_for_an_access_token(int minutes, string id)
    {
        await scene.ServeAsync();
        (scene.Environment["JWT_SECRET"], scene.Environment["JWT_SECRET_PREVIOUS"]) = (Scene.OtherSecret, Scene.Secret);
        await scene.ServeAsync();
        scene.Clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.That((await FindAsync("JWT_SECRET_PREVIOUS, id")).Kind.Id, Is.EqualTo(id));
    }

    [Test]
    public async Task Before_the_next_one_has_signed_nobody_can_say_when_the_previous_one_may_go()
    {
        await scene.ServeAsync();
        (scene.Environment["JWT_SECRET"], scene.Environment["JWT_SECRET_PREVIOUS"]) = (Scene.OtherSecret, Scene.Secret);

        var finding = await FindAsync("JWT_SECRET_PREVIOUS, id");

        Assert.That((finding.Kind.Id, finding.Found), Is.EqualTo((
            "previous_signing_key_needed",
            "JWT_SECRET_PREVIOUS, id Wvz6PIDL9E0I: 0 live sessions hang on it, and JWT_SECRET has not signed yet. "
            + "When it may go is known once that has.")));
    }

    [Test]
    public async Task In_place_of_a_compromised_key_the_announced_one_signs_and_it_is_an_error_all_the_same()
    {
        await scene.ServeAsync(async service =>
            await service.Services.GetRequiredService<SigningKeyAdministration>().MarkCompromisedAsync(new SigningKey(Scene.Secret).Id, By));
        scene.Environment["JWT_SECRET_NEXT"] = Scene.OtherSecret;

        var finding = await FindAsync("JWT_SECRET, id");

        Assert.That(finding.Kind.Id, Is.EqualTo("signing_key_compromised"));
        Assert.That(finding.Found, Does.EndWith($"JWT_SECRET_NEXT, id {new SigningKey(Scene.OtherSecret).Id}, signs in its place."));
    }

    [Test]
    public async Task Sessions_of_a_compromised_key_shall_not_be_refreshed_and_nobody_is_told_to()
    {
        await scene.ServeAsync(async service =>
        {
            await service.Client.LoginAsync(password: "the kettle sang twice", apiKey: Scene.ApiKey);
            await service.Services.GetRequiredService<SigningKeyAdministration>().MarkCompromisedAsync(new SigningKey(Scene.Secret).Id, By);
        });
        scene.Environment["JWT_SECRET"] = Scene.OtherSecret;

        Assert.That(await IdsAsync(), Has.No.Member("sessions_orphaned"));
    }

    [TestCase("600", null)]
    [TestCase("711", null)]
    [TestCase("604", "read it.")]
    [TestCase("640", "read it.")]
    [TestCase("602", "write it.")]
    [TestCase("620", "write it.")]
    [TestCase("660", "read and write it.")]
    public async Task The_file_of_a_secret_is_nobody_elses_to_read_or_to_write(string mode, string? right)
    {
        await Scenes.PutInFileAsync(scene, "JWT_SECRET", (UnixFileMode)Convert.ToInt32(mode, 8));

        var findings = Examination.Judge(await scene.GatherAsync()).Where(it => it.Kind == Catalogue.SecretFileOpen).ToList();

        Assert.That(findings.Select(it => it.Found), right is null ? Is.Empty : Has.One.EndsWith($"has mode 0{mode}, and more than its owner can {right}"));
    }

    [Test]
    public async Task A_key_that_was_made_here_and_has_expired_is_refused_in_the_environment_too()
    {
        await scene.ServeAsync(async service => scene.Environment["API_KEY"] = (await service.MakeKeyAsync(client: "website")).Text);
        scene.Clock.Advance(TimeSpan.FromDays(30));

        Assert.That((await FindAsync("API_KEY is API key")).Found, Does.EndWith("which has expired: each call with it is refused."));
        Assert.That(await IdsAsync(), Has.Member("api_key_refused"));
    }

    [Test]
    public async Task A_disabled_client_takes_the_key_in_the_environment_with_it()
    {
        await scene.ServeAsync(async service =>
            await service.Services.GetRequiredService<ClientAdministration>().DisableAsync(ClientId.Default, By));

        Assert.That((await FindAsync("API_KEY is API key")).Found, Does.Contain("which is of client default, which is disabled"));
    }

    [Test]
    public async Task A_stored_key_that_was_rotated_or_has_another_beside_it_is_nobodys_trouble()
    {
        await scene.ServeAsync(async service =>
        {
            await service.MakeKeyAsync(client: "website", lifetime: TimeSpan.FromDays(5));
            await service.MakeKeyAsync(client: "website");
            var rotated = new ApiKeyId((await service.MakeKeyAsync(client: "worker")).Id);
            await service.Services.GetRequiredService<ApiKeyAdministration>().RotateAsync(rotated, null, By, CancellationToken.None);
        });
        scene.Clock.Advance(TimeSpan.FromDays(8));

        Assert.That(await IdsAsync(), Has.Member("stored_keys_good").And.No.Member("stored_key_overdue").And.No.Member("stored_key_due"));
    }

    [Test]
    public async Task Narrowed_scopes_are_advice_taken()
    {
        await scene.ServeAsync(service => service.MakeKeyAsync(client: "website"));
        scene.Settings.Add("--ApiKeys:BootstrapScopes=ops");

        Assert.That(await IdsAsync(), Has.No.Member("bootstrap_scopes_wide"));
    }

    [TestCase(5, "clock_good")]
    [TestCase(6, "clock_behind")]
    public async Task A_few_seconds_are_no_step_of_the_clock(int seconds, string id)
    {
        await scene.ServeAsync();
        scene.Clock.AdjustTime(scene.Clock.GetUtcNow() - TimeSpan.FromSeconds(seconds));

        Assert.That((await FindAsync("The clock says")).Kind.Id, Is.EqualTo(id));
    }

    [Test]
    public async Task Keys_of_one_value_are_said_once()
    {
        scene.Environment["JWT_SECRET_NEXT"] = Scene.Secret;

        Assert.That((await FindAsync("JWT_SECRET and JWT_SECRET_NEXT have the same value")).Kind.Id, Is.EqualTo("configuration_refused"));
    }

    [TestCase("http://[::1]:8000", "address_good")]
    [TestCase("https://*:8443", "address_good")]
    [TestCase("http://*:8000", "address_plain")]
    public async Task Plain_text_is_a_matter_of_the_network_alone(string address, string id)
    {
        scene.Settings.AddRange([$"--urls={address}", "--Http:AllowPlain=true"]);

        Assert.That((await FindAsync(address, "It listens on " + address)).Kind.Id, Is.EqualTo(id));
    }

    [TestCase("false", "address_good", "It listens on http://*:8000 for the proxies in Http:Proxies, and refuses what comes past them in plain text.")]
    [TestCase("true", "address_plain", "http://*:8000 takes credentials in plain text from the network.")]
    public async Task A_plain_address_for_listed_proxies_is_good_unless_plain_text_is_allowed(string allowed, string id, string found)
    {
        scene.Settings.AddRange(["--urls=http://*:8000", "--Http:Proxies=10.0.0.9", $"--Http:AllowPlain={allowed}"]);

        Assert.That((await FindAsync("http://*:8000", "It listens on")).Found, Is.EqualTo(found));
        Assert.That((await FindAsync("http://*:8000", "It listens on")).Kind.Id, Is.EqualTo(id));
        Assert.That(await IdsAsync(), Has.None.EqualTo("configuration_refused"));
    }

    /// <summary>The one finding that begins so.</summary>
    private async Task<Finding> FindAsync(params string[] begins) =>
        (await JudgeAsync()).Single(it => begins.Any(begin => it.Found.StartsWith(begin, StringComparison.Ordinal)));

    private async Task<IEnumerable<string>> IdsAsync() => (await JudgeAsync()).Select(it => it.Kind.Id);

    private async Task<IReadOnlyList<Finding>> JudgeAsync() => Examination.Judge(await scene.GatherAsync());
}
