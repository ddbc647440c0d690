using CsCheck;

namespace Bhiv.Tests.Tokens;

/// <summary>
/// One step of a random run. A number picks one of what was seen so far, 0 the newest: it means something in every run, however
/// much was cut from it in front.
/// </summary>
public abstract record SessionCall
{
    /// <summary>Reaches the newest few often and every other now and then.</summary>
    private static readonly Gen<int> Pick = Gen.Frequency((3, Gen.Int[0, 2]), (1, Gen.Int[0, 60]));

    /// <summary>To the microsecond before, at and after what a lifetime may end with.</summary>
    private static readonly Gen<TimeSpan> Passing = Gen.Frequency(
        (12, Gen.Long[1, 3_000_000].Select(it => TimeSpan.FromMicroseconds(it))),
        (10, Around(TimeSpan.FromSeconds(10))),
        (3, Around(TimeSpan.FromMinutes(15))),
        (1, Around(TimeSpan.FromDays(1))),
        (1, Around(TimeSpan.FromDays(6))),
        (1, Around(TimeSpan.FromDays(7))));

    private static readonly Gen<string?> Scopes = Gen.Int[0, 5].Select(it => it switch { 0 => "all", 1 => "others", _ => null });

    private static readonly Gen<AccountEditKind> Edits = Gen.Frequency(
        (3, Gen.Const(AccountEditKind.Create)),
        (1, Gen.Const(AccountEditKind.Disable)),
        (2, Gen.Const(AccountEditKind.Enable)),
        (1, Gen.Const(AccountEditKind.Reset)),
        (1, Gen.Const(AccountEditKind.Delete)));

    public static readonly Gen<SessionCall> Any = Gen.Frequency<SessionCall>(
        (8, Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 3]).Select(it => (SessionCall)new Login(it.Item1 < 3, it.Item2 < 5, it.Item3 == 0))),
        (2, Gen.Select(Pick, Gen.Int[0, 4]).Select(it => (SessionCall)new ChangePassword(it.Item1, it.Item2 < 4))),
        (4, Gen.Select(Edits, Gen.Int[0, 7]).Select(it => (SessionCall)new Edit(it.Item1, it.Item2))),
        (14, Gen.Select(Pick, Gen.Int[0, 15]).Select(it => (SessionCall)new Refresh(it.Item1, it.Item2 < 15))),
        (5, Pick.Select(it => (SessionCall)new Generate(it))),
        (2, Gen.Select(Pick, Scopes).Select(it => (SessionCall)new Logout(it.Item1, it.Item2))),
        (1, Gen.Select(Pick, Gen.Bool).Select(it => (SessionCall)new Revoke(it.Item1, it.Item2))),
        (4, Gen.Select(Pick, Gen.Bool).Select(it => (SessionCall)new Introspect(it.Item1, it.Item2))),
        (2, Pick.Select(it => (SessionCall)new List(it))),
        (2, Gen.Select(Pick, Pick).Select(it => (SessionCall)new End(it.Item1, it.Item2))),
        (5, Passing.Select(it => (SessionCall)new Pass(it))),
        (1, Gen.Long[1, 20_000_000].Select(it => (SessionCall)new StepBack(TimeSpan.FromMicroseconds(it)))),
        (1, Gen.Int[0, 5].Select(it => (SessionCall)new Restart(Math.Max(0, it - 2)))));

    /// <param name="OfEnvironment">As the account that the environment names, or else as the one that administrators make.</param>
    /// <param name="WithNext">Whether it sets another password.</param>
    public sealed record Login(bool OfEnvironment, bool RightPassword, bool WithNext) : SessionCall;

    public sealed record ChangePassword(int Token, bool RightPassword) : SessionCall;

    /// <param name="Whose">0 and 1 are those that the environment names now and then.</param>
    public sealed record Edit(AccountEditKind Kind, int Whose) : SessionCall;

    /// <param name="RefreshToken">Or an access token in its place.</param>
    public sealed record Refresh(int Token, bool RefreshToken) : SessionCall;

    public sealed record Generate(int Token) : SessionCall;

    public sealed record Logout(int Token, string? Scope) : SessionCall;

    public sealed record Revoke(int Token, bool RefreshToken) : SessionCall;

    public sealed record Introspect(int Token, bool RefreshToken) : SessionCall;

    public sealed record List(int Token) : SessionCall;

    public sealed record End(int Token, int Session) : SessionCall;

    public sealed record Pass(TimeSpan Time) : SessionCall;

    /// <summary>The wall clock is set back; what measures elapsed time goes on.</summary>
    public sealed record StepBack(TimeSpan Time) : SessionCall;

    /// <param name="Environment">With which name and password: another one disables the account or changes its password.</param>
    public sealed record Restart(int Environment) : SessionCall;

    private static Gen<TimeSpan> Around(TimeSpan time) =>
        Gen.Int[-1, 1].Select(it => time + TimeSpan.FromMicroseconds(it));
}

/// <summary>What an administrator does to an account.</summary>
public enum AccountEditKind
{
    Create,
    Disable,
    Enable,
    Reset,
    Delete,
}
