using System.Net.Http.Headers;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

internal static partial class Provocations
{
    private static IEnumerable<Provocation> OfGenerate()
    {
        const string path = Calls.Generate;
        yield return new(path, "missing_token", "no header") { Call = it => it.Client.GenerateAsync(null) };
        yield return new(path, "missing_token", "another scheme")
        {
            Call = it =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Bodies.Content("{}", "application/json") };
                request.Headers.Add("X-API-Key", Calls.ApiKey);
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "YWRtaW46YWRtaW4=");
                return Answer.OfAsync(it.Client.SendAsync(request));
            },
        };
        yield return new(path, "invalid_token", "no token at all") { Call = it => it.Client.GenerateAsync("x") };
        yield return new(path, "invalid_token", "a refresh token")
        {
            Call = async it => await it.Client.GenerateAsync((await it.Client.LoginAsync()).RefreshToken),
        };
        yield return new(path, "invalid_token", "alg none")
        {
            Call = async it =>
            {
                var parts = (await it.Client.LoginAsync()).AccessToken.Split('.');
                return await it.Client.GenerateAsync($"{HandMadeJwt.Encode("""{"alg":"none"}"""u8.ToArray())}.{parts[1]}.");
            },
        };
        yield return new(path, "invalid_token", "two tokens in one header")
        {
            Call = async it =>
            {
                var token = await TokenAsync(it);
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Bodies.Content("{}", "application/json") };
                request.Headers.Add("X-API-Key", Calls.ApiKey);
                request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + token, "Bearer " + token]);
                return await Answer.OfAsync(it.Client.SendAsync(request));
            },
        };
        yield return new(path, "expired_token", "fifteen minutes")
        {
            Call = async it =>
            {
                var token = await TokenAsync(it);
                it.Clock.Advance(TimeSpan.FromMinutes(15));
                return await it.Client.GenerateAsync(token);
            },
        };
        yield return new(path, "wrong_client", "another client's token")
        {
            Call = async it => await it.Client.GenerateAsync(
                HandMadeJwt.Forge(await TokenAsync(it), claims => claims["client_id"] = "other")),
        };
        yield return new(path, "not_a_design", "a greeting")
        {
            Call = async it => await it.Client.GenerateAsync(await TokenAsync(it), "hello"),
        };
        foreach (var (by, body) in new (string, object)[]
        {
            ("2001 characters", new { prompt = new string('a', 2001) }),
            ("white space", new { prompt = " \n " }),
            ("constraints that are no list", new { prompt = "Office", constraints = "none" }),
            ("constraints that are no texts", new { prompt = "Office", constraints = new object?[] { null } }),
            ("a context that is no object", new { prompt = "Office", context = new[] { 1 } }),
            ("a context of objects", new { prompt = "Office", context = new { site = new { city = "Pune" } } }),
        })
            yield return Validation(path, by, body);
    }
}
