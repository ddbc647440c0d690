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
    private readonly Dictionary<string, Person> people = new() { ["admin"] = new Person { Password = "bhiv2024", IsAdministrator = true } };

    public List<Token> RefreshTokens { get; } = [];

    public List<Token> AccessTokens { get; } = [];

    public IReadOnlyList<Session> Sessions => sessions;

    public DateTimeOffset Now { get; set; } = start;

    public IEnumerable<string> Names => people.Keys;

    /// <summary>What it runs on; of the password the one that was applied last.</summary>
    public (string Account, string Password) Environment { get; private set; } = ("admin", "bhiv2024");

    public Person? Find(string name) => people.GetValueOrDefault(name);

    /// <summary>Another name disables the former account; another of either ends all that there was.</summary>
    public void Restart(string account, string password)
    {
        if ((account, password) == Environment) return;
        if (account != Environment.Account)
        {
            people[Environment.Account].IsEnabled = false;
            EndAll(people[Environment.Account]);
        }
        var person = people.TryGetValue(account, out var present) ? present : people[account] = new Person();
        EndAll(person);
        (person.Password, person.IsEnabled, person.IsAdministrator, person.OneTimeUntil) = (password, true, true, null);
        Environment = (account, password);
    }

    /// <summary>What a login must be answered; the tokens are told afterwards.</summary>
    public string Login(string name, string password, string? next)
    {
        if (Find(name) is not { IsEnabled: true } person || person.Password != password || person.OneTimeUntil <= Now) return "401 invalid_credentials";
        if (next is not null) Replace(person, next, kept: null);
        else if (person.OneTimeUntil is not null) return "403 password_change_required";
        return "200";
    }

    public string ChangePassword(Token token, string password, string next)
    {
        if (Refuse(token) is { } refusal) return refusal;
        if (token.Session.Person.Password != password) return "401 invalid_credentials";
        Replace(token.Session.Person, next, token.Session);
        return "204";
    }

    /// <summary>What becomes of an administrator's edit; a one-time password is told afterwards.</summary>
    public string Edit(AccountEditKind kind, string name)
    {
        var person = Find(name);
        if (kind == AccountEditKind.Create)
        {
            if (person is not null) return "taken";
            people[name] = new Person { OneTimeUntil = Now.AddDays(1) };
            return "done";
        }
        if (person is null) return "not found";
        if (kind == AccountEditKind.Delete && name == Environment.Account) return "of the environment";
        if (kind is AccountEditKind.Disable or AccountEditKind.Delete && person is { IsEnabled: true, IsAdministrator: true }
            && !people.Values.Any(it => it != person && it is { IsEnabled: true, IsAdministrator: true, OneTimeUntil: null }))
            return "the last administrator";
        if (kind != AccountEditKind.Enable) EndAll(person);
        if (kind == AccountEditKind.Delete) person.IsDeleted = people.Remove(name);
        if (kind == AccountEditKind.Reset) person.OneTimeUntil = Now.AddDays(1);
        person.IsEnabled = kind == AccountEditKind.Enable || (kind == AccountEditKind.Reset && person.IsEnabled);
        return "done";
    }

    public void LoggedIn(string name, string id, string accessToken, string refreshToken)
    {
        var session = new Session(id, people[name], Second(Now).AddDays(30));
        sessions.Add(session);
        Issue(session, accessToken, refreshToken);
    }

    /// <summary>What a refresh must be answered, and what it does; the tokens of a rotation are told afterwards.</summary>
    public string Refresh(Token token)
    {
        if (token.IsAccess || token.IssuedAt > Now + Skew) return "401 invalid_refresh_token";
        if (Now >= token.ExpiresAt) return "401 expired_refresh_token";
        var session = token.Session;
        // Nothing is known any more of what it was.
        if (session.Person.IsDeleted) return "401 invalid_refresh_token";
        if (session.Revoked) return "401 revoked_refresh_token";
        // Where the clock was set back, a token may outlive its session.
        if (Now >= session.ExpiresAt) return "401 expired_refresh_token";
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
        foreach (var session in sessions.Where(it => it.Person == token.Session.Person))
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

    public IEnumerable<string> Live(Person person) =>
        sessions.Where(it => it.Person == person && !it.Revoked && Now < it.ExpiresAt).Select(it => it.Id);

    public string End(Token token, Session session)
    {
        if (Refuse(token) is { } refusal) return refusal;
        if (session.Person != token.Session.Person || session.Revoked) return "404 not_found";
        session.Revoked = true;
        return "204";
    }

    private void Replace(Person person, string password, Session? kept)
    {
        foreach (var session in sessions.Where(it => it.Person == person && it != kept)) session.Revoked = true;
        (person.Password, person.OneTimeUntil) = (password, null);
    }

    private void EndAll(Person person)
    {
        foreach (var session in sessions.Where(it => it.Person == person)) session.Revoked = true;
    }

    private void Issue(Session session, string accessToken, string refreshToken)
    {
        session.RotatedAt = Now;
        session.ExpiresAt = new[] { Second(Now).AddDays(7), session.EndsAt }.Min();
        AccessTokens.Add(new Token(session, accessToken, true, session.Generation, Second(Now), Second(Now).AddMinutes(15)));
        RefreshTokens.Add(new Token(session, refreshToken, false, session.Generation, Second(Now), session.ExpiresAt));
    }

    private static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    internal sealed class Person
    {
        public string Password { get; set; } = "";

        public DateTimeOffset? OneTimeUntil { get; set; }

        public bool IsEnabled { get; set; } = true;

        public bool IsAdministrator { get; set; }

        public bool IsDeleted { get; set; }
    }

    internal sealed class Session(string id, Person person, DateTimeOffset endsAt)
    {
        public string Id => id;

        public Person Person => person;

        public DateTimeOffset EndsAt => endsAt;

        public DateTimeOffset ExpiresAt { get; set; }

        public DateTimeOffset RotatedAt { get; set; }

        public int Generation { get; set; }

        public bool Revoked { get; set; }
    }

    internal sealed record Token(
        Session Session, string Text, bool IsAccess, int Generation, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
}
