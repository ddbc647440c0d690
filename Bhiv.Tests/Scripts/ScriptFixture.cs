using System.Runtime.Versioning;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Scripts;

/// <summary>
/// The curl scripts, run by dash and the real curl against the service as a process. Its credentials are full of what JSON, a shell
/// and curl's configuration give a meaning to; each test has a cache of its own.
/// </summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public abstract class ScriptFixture
{
    protected const string ApiKey = """a "key" with \ and $(id) #""";
    protected const string Username = """Zoë "O'Brien" \n 🏠""";
    protected const string Password = """a "quoted" \ 'and' $HOME %s 🌁 ü""";

    private TemporaryDirectory data = null!;
    private TemporaryDirectory caches = null!;
    private ServiceProcess service = null!;

    protected static string Folder { get; } = Path.Combine(Repository.Root, "Bhiv.Api", "Scripts");

    protected Uri Address { get; private set; } = null!;

    protected string CacheHome => caches.Path;

    protected string Cache => Path.Combine(caches.Path, "bhiv");

    /// <summary>The one file that is in the cache.</summary>
    protected string TokenFile => Directory.GetFileSystemEntries(Cache).Single();

    /// <summary>As on the service's command line.</summary>
    protected virtual string[] Settings => [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        foreach (var program in new[] { "dash", "curl" })
        {
            if (!Programs.IsInstalled(program)) Assert.Ignore($"{program} is not installed, and runs the scripts.");
        }
        data = new TemporaryDirectory();
        service = ServiceProcess.Start(
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["BHIV_DATA"] = data.Path,
                ["API_KEY"] = ApiKey,
                ["DEMO_USERNAME"] = Username,
                ["DEMO_PASSWORD"] = Password,
            },
            ["--urls=http://127.0.0.1:0", .. Settings]);
        Address = await service.AddressAsync();
    }

    [OneTimeTearDown]
    public void Stop()
    {
        service?.Dispose();
        data?.Dispose();
    }

    [SetUp]
    public void MakeCache() => caches = new TemporaryDirectory();

    [TearDown]
    public void RemoveCache() => caches.Dispose();

    /// <summary>A pair's member in the token file.</summary>
    protected string Kept(string name) => File.ReadLines(TokenFile)
        .Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..];

    private protected Task<ScriptResult> RunAsync(string script, params string[] arguments) => StartScript(script, arguments).ResultAsync();

    /// <param name="script">Its file's name.</param>
    /// <param name="environment">What is other than <see cref="Variables"/> says.</param>
    private protected Script StartScript(
        string script, string[] arguments, Dictionary<string, string?>? environment = null, string input = "") =>
        Script.Start(["dash", Path.Combine(Folder, script), .. arguments], Variables(environment ?? []), input);

    /// <summary>What a script is told, and in place of it or beside it <paramref name="changes"/>; null takes a variable away.</summary>
    protected Dictionary<string, string?> Variables(Dictionary<string, string?> changes)
    {
        var environment = new Dictionary<string, string?>
        {
            ["BHIV_URL"] = Address.ToString(),
            ["API_KEY"] = ApiKey,
            ["DEMO_USERNAME"] = Username,
            ["DEMO_PASSWORD"] = Password,
            ["BHIV_CACHE"] = null,
            ["XDG_CACHE_HOME"] = CacheHome,
        };
        foreach (var (name, value) in changes) environment[name] = value;
        return environment;
    }
}
