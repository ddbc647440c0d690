namespace Bhiv.Domain.SigningKeys;

/// <summary>The signing keys of this process: one signs, and tokens signed by any of them verify.</summary>
public sealed class SigningKeyRing(SigningKey active)
{
    /// <summary>The key that new tokens are signed with.</summary>
    public SigningKey Active { get; } = active;

    /// <summary>Every key whose tokens verify, the active one first.</summary>
    public IReadOnlyList<SigningKey> Keys { get; } = [active];

    /// <summary>The key of that id. An id is only ever compared: it comes from a token that nobody has verified yet.</summary>
    public SigningKey? Find(string id) => Keys.FirstOrDefault(key => string.Equals(key.Id, id, StringComparison.Ordinal));
}
