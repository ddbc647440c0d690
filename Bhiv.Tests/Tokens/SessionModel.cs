namespace Bhiv.Tests.Tokens;

/// <summary>
/// What sessions are to a caller, written down a second time from what is promised and with nothing of the product's: lists in
/// memory and the shortest rule for each call. It says what the service must answer, and takes in the tokens that it gave.
/// </summary>
internal sealed class SessionModel(DateTimeOffset start)
{
    public const string Retried = "200 retried";

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    private readonly List<Session> sessions = [];

    public List<Token> RefreshTokens { get; } = [];

    public List<Token> AccessTokens { get; } = [];

    public IReadOnlyList<Session> Sessions => sessions;

    public DateTimeOffset Now { get; set; } = start;

    /// <summary>The account that can log in now; the name says which.</summary>
    public string Account { get; private set; } = "admin";

    public string Password { get; private set; } = "bhiv2024";

    /// <summary>Another name disables the former account; another of either ends all that there was.</summary>
    public void Restart(string account, string password)
    {
        if ((account, password) == (Account, Password)) return;
        foreach (var session in sessions.Where(it => it.Account == Account || it.Account == account)) session.Revoked = true;
        (Account, Password) = (account, password);
    }

    public void LoggedIn(string id, string accessToken, string refreshToken)
    {
        var session = new Session(id, Account, Second(Now).AddDays(30));
        sessions.Add(session);
        Issue(session, accessToken, refreshToken);
    }

    /// <summary>What a refresh must be answered, and what it does; the tokens of a rotation are told afterwards.</summary>
    public string Refresh(Token token)
    {
        if (token.IsAccess || token.IssuedAt > Now + Skew) return "401 invalid_refresh_token";
        if (Now >= token.ExpiresAt) return "401 expired_refresh_token";
        var session = token.Session;
        if (session.Revoked) return "401 revoked_refresh_token";
        if (token.Generation == session.Generation) return "200 rotated";
        if (token.Generation == session.Generation - 1)
        {
            var age = Now - session.RotatedAt;
            if (age < -Leeway) return "401 invalid_refresh_token";
            if (age < Leeway) return Retried;
        }
        session.Revoked = true;
        return "401 refresh_token_reused";
    }

    public void Rotated(Session session, string accessToken, string refreshToken)
    {
        session.Generation++;
        Issue(session, accessToken, refreshToken);
    }

    /// <summary>What a call that needs the access token is refused with, or null.</summary>
    public string? Refuse(Token token) =>
        token.IssuedAt > Now + Skew ? "401 invalid_token"
        : Now >= token.ExpiresAt ? "401 expired_token"
        : token.Session.Revoked ? "401 revoked_token"
        : null;

    public string Logout(Token token, string? scope)
    {
        if (Refuse(token) is { } refusal) return refusal;
        foreach (var session in sessions.Where(it => it.Account == token.Session.Account))
        {
            if (session == token.Session ? scope != "others" : scope is not null) session.Revoked = true;
        }
        return "204";
    }

    /// <summary>Always 200; either token ends its session, an older refresh token too, unless its time has passed.</summary>
    public string Revoke(Token token)
    {
        if (token.IssuedAt <= Now + Skew && Now < token.ExpiresAt) token.Session.Revoked = true;
        return "200";
    }

    public bool IsActive(Token token) =>
        token.IssuedAt <= Now + Skew && Now < token.ExpiresAt && !token.Session.Revoked
        && (token.IsAccess || token.Generation == token.Session.Generation);

    public IEnumerable<string> Live(string account) =>
        sessions.Where(it => it.Account == account && !it.Revoked && Now < it.ExpiresAt).Select(it => it.Id);

    public string End(Token token, Session session)
    {
        if (Refuse(token) is { } refusal) return refusal;
        if (session.Account != token.Session.Account || session.Revoked) return "404 not_found";
        session.Revoked = true;
        return "204";
    }

    private void Issue(Session session, string accessToken, string refreshToken)
    {
        session.RotatedAt = Now;
        session.ExpiresAt = new[] { Second(Now).AddDays(7), session.EndsAt }.Min();
        AccessTokens.Add(new Token(session, accessToken, true, session.Generation, Second(Now), Second(Now).AddMinutes(15)));
        RefreshTokens.Add(new Token(session, refreshToken, false, session.Generation, Second(Now), session.ExpiresAt));
    }

    private static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    internal sealed class Session(string id, string account, DateTimeOffset endsAt)
    {
        public string Id => id;

        public string Account => account;

        public DateTimeOffset EndsAt => endsAt;

        public DateTimeOffset ExpiresAt { get; set; }

        public DateTimeOffset RotatedAt { get; set; }

        public int Generation { get; set; }

        public bool Revoked { get; set; }
    }

    internal sealed record Token(
        Session Session, string Text, bool IsAccess, int Generation, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
}
