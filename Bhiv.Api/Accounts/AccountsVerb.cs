using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using Bhiv.Api.CommandLine;
using Bhiv.Api.Http;
using Bhiv.Application.Accounts;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;

namespace Bhiv.Api.Accounts;

/// <summary><c>accounts list|show|create|disable|enable|roles|reset-password|delete</c>.</summary>
internal static class AccountsVerb
{
    public static Command Describe() => new("accounts", "The people that can log in.")
    {
        List(), Show(), Create(), Disable(), Enable(), SetRoles(), ResetPassword(), Delete(),
    };

    /// <summary>An account that a line names, or the line is refused.</summary>
    public static Argument<string> Name(string description)
    {
        var name = new Argument<string>("NAME") { Description = description };
        name.Validators.Add(given => given.DemandName());
        return name;
    }

    public static void DemandName(this SymbolResult given)
    {
        if (given.Tokens is [var name] && !AccountName.TryCreate(name.Value, out _, out var problem)) given.AddError($"The name {problem}");
    }

    private static Verb List()
    {
        var search = new Option<string>("--search") { Description = "Those whose names begin so.", HelpName = "PREFIX" };
        search.Validators.Add(given => given.DemandName());
        var list = new Verb("list", "All there are, by name.", "Bhiv.Api accounts list", "Bhiv.Api accounts list --search al --json") { search, Verb.Json };
        list.DoesOnDatabase(async (database, given, output) =>
        {
            var found = new List<Account>();
            for (var isMore = true; isMore;)
            {
                var page = await database.Get<AccountAdministration>().ListAsync(
                    given.GetValue(search), found.LastOrDefault()?.NameKey, Page.MaximumLimit, CancellationToken.None);
                found.AddRange(page);
                isMore = page.Count == Page.MaximumLimit;
            }
            output.Rows(
                [.. found.Select(AccountResponse.Of)],
                "There is no such account.",
                new Column<AccountResponse>("NAME", account => account.Username),
                new("ROLES", account => string.Join(' ', account.Roles)),
                new("CREATED", account => account.CreatedAt),
                new("DISABLED", account => account.DisabledAt),
                new("ONE-TIME PASSWORD UNTIL", account => account.OneTimePasswordUntil));
            return ExitCode.Done;
        });
        return list;
    }

    private static Verb Show()
    {
        var name = Name("What it logs in with.");
        var show = new Verb("show", "One account, as it stands now.", "Bhiv.Api accounts show alice --json") { name, Verb.Json };
        show.DoesOnAccount(name, (_, account, _, output) =>
        {
            var state = account switch
            {
                { IsEnabled: false } => "It is disabled.",
                { OneTimePasswordUntil: { } until } => $"It has a one-time password until {until.ToText()}.",
                _ => $"Its password was set at {account.PasswordChangedAt.ToText()}.",
            };
            output.Answer(AccountResponse.Of(account), $"Account {account.Name} ({account.Id}) has the roles {string.Join(' ', account.Roles)}. {state}");
            return Task.FromResult(ExitCode.Done);
        });
        return show;
    }

    private static Verb Create()
    {
        var (name, roles) = (Name("What it logs in with from now on."), Roles("What it may do; member unless said."));
        var create = new Verb(
            "create",
            "Makes an account and prints its one-time password, this once. It is good for a day and for one login, which sets another.",
            "Bhiv.Api accounts create alice",
            "Bhiv.Api accounts create bob --roles \"admin member\" --json")
        {
            name, roles, Verb.Json,
        };
        create.DoesOnDatabase(async (database, given, output) =>
        {
            var wanted = AccountName.Of(given.GetRequiredValue(name));
            // Taken, or else made: nobody is let in or put out at the machine.
            var (_, made) = await database.Get<AccountAdministration>().TryCreateAsync(
                wanted, given.GetValue(roles) is { } words ? RolesRule.Of(WordsOf(words)) : [Role.Member], Operator.Author, CancellationToken.None);
            return made is null ? output.Refuse(ExitCode.Failed, AccountRefusals.NameTaken) : Show(made, $"Account {wanted} is made.", output);
        });
        return create;
    }

    private static Verb Disable() => Edit(
        "disable",
        "It cannot log in, and its sessions and their access tokens are ended. A running server follows within a second.",
        "is disabled",
        (accounts, id) => accounts.DisableAsync(id, version: null, Operator.Author));

    private static Verb Enable() => Edit(
        "enable",
        "It can log in again, with the password that it had. Sessions that were ended stay so.",
        "is enabled",
        (accounts, id) => accounts.EnableAsync(id, version: null, Operator.Author));

    private static Verb Delete() => Edit(
        "delete",
        "Its sessions end with it, and its name is free. What was recorded of it stays, under its id.",
        "is deleted",
        (accounts, id) => accounts.DeleteAsync(id, version: null, Operator.Author));

    private static Verb SetRoles()
    {
        var (name, roles) = (Name("Whose they are."), Roles("In place of those that it has."));
        roles.Required = true;
        var set = new Verb("roles", "Sets what an account may do: what is taken from its next call on, what is given from its next refresh.", "Bhiv.Api accounts roles alice --roles admin") { name, roles, Verb.Json };
        set.DoesOnAccount(name, async (accounts, account, given, output) =>
        {
            var wanted = RolesRule.Of(WordsOf(given.GetRequiredValue(roles)));
            return Answer(await accounts.SetRolesAsync(account.Id, version: null, wanted, Operator.Author), $"has the roles {string.Join(' ', wanted)}", output);
        });
        return set;
    }

    private static Verb ResetPassword()
    {
        var name = Name("Whose it is.");
        var reset = new Verb(
            "reset-password",
            "A one-time password takes the place of its own and is printed, this once; its sessions are ended. Good for a day and for one login.",
            "Bhiv.Api accounts reset-password alice",
            "PASSWORD=$(Bhiv.Api accounts reset-password alice)")
        {
            name, Verb.Json,
        };
        reset.DoesOnAccount(name, async (accounts, account, _, output) =>
        {
            var (result, made) = await accounts.ResetPasswordAsync(account.Id, version: null, Operator.Author, CancellationToken.None);
            return made is null
                ? Answer(result, string.Empty, output)
                : Show(made, $"The password of {account.Name} is reset. Sessions that ended: {made.SessionsEnded}.", output);
        });
        return reset;
    }

    private static Verb Edit(string word, string description, string done, Func<AccountAdministration, AccountId, Task<AccountEditResult>> edit)
    {
        var name = Name("What it logs in with.");
        var verb = new Verb(word, description, $"Bhiv.Api accounts {word} alice") { name, Verb.Json };
        verb.DoesOnAccount(name, async (accounts, account, _, output) => Answer(await edit(accounts, account.Id), done, output));
        return verb;
    }

    private static void DoesOnAccount(
        this Verb verb, Argument<string> name, Func<AccountAdministration, Account, ParseResult, VerbOutput, Task<int>> action) =>
        verb.DoesOnDatabase(async (database, given, output) =>
        {
            var accounts = database.Get<AccountAdministration>();
            var wanted = given.GetRequiredValue(name);
            return await accounts.FindAsync(AccountName.Of(wanted), CancellationToken.None) is { } account
                ? await action(accounts, account, given, output)
                : output.Refuse(ExitCode.NotThere, NotThere(wanted));
        });

    public static string NotThere(string name) => $"There is no account {name}.";

    private static int Answer(AccountEditResult result, string done, VerbOutput output)
    {
        switch (result)
        {
            case AccountEditResult.Done edited:
                output.Answer(EditedAccountResponse.Of(edited), $"Account {edited.Account.Name} {done}. Sessions that ended: {edited.SessionsEnded}.");
                return ExitCode.Done;
            case AccountEditResult.NotFound:
                return output.Refuse(ExitCode.NotThere, "There is no such account any more.");
            case AccountEditResult.LastAdministrator:
                return output.Refuse(ExitCode.Failed, AccountRefusals.LastAdministrator);
            case AccountEditResult.OfEnvironment:
                return output.Refuse(ExitCode.Failed, AccountRefusals.OfEnvironment);
            default:
                // Nobody is himself here, and no version is asked for.
                throw new UnreachableException();
        }
    }

    /// <summary>The password alone on standard output, so that <c>$(…)</c> is the password; what is to be said of it beside that.</summary>
    private static int Show(NewPassword made, string done, VerbOutput output)
    {
        output.Answer(
            NewPasswordResponse.Of(made),
            made.Password.Reveal(),
            $"{done} The password is good until {made.Account.OneTimePasswordUntil!.Value.ToText()}, for one login, which sets another: new_password. It is shown now and never again.");
        return ExitCode.Done;
    }

    private static Option<string> Roles(string description)
    {
        var roles = new Option<string>("--roles") { Description = $"{description} Words of {string.Join(' ', Role.All)}.", HelpName = "ROLES" };
        roles.Validators.Add(given =>
        {
            if (given.Tokens is [var words] && RolesRule.FindProblem(WordsOf(words.Value)) is { } problem) given.AddError($"--roles {problem}");
        });
        return roles;
    }

    private static string[] WordsOf(string roles) => roles.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
