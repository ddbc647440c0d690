using System.Text;

namespace Bhiv.Benchmark.Driving;

/// <summary>What one connection says, call after call.</summary>
internal abstract class Conversation
{
    public abstract ReadOnlyMemory<byte> Next();

    /// <summary>The body of the answer to the last call.</summary>
    public virtual void Hear(ReadOnlySpan<byte> body)
    {
    }
}

/// <summary>The same bytes each time.</summary>
internal sealed class Repetition(byte[] request) : Conversation
{
    public override ReadOnlyMemory<byte> Next() => request;
}

/// <summary>One session, each refresh with the token that the last one gave.</summary>
internal sealed class RefreshChain(Target target, string refreshToken) : Conversation
{
    private string token = refreshToken;

    public override ReadOnlyMemory<byte> Next() => target.Refresh(token);

    public override void Hear(ReadOnlySpan<byte> body)
    {
        var name = "\"refresh_token\":\""u8;
        var rest = body[(body.IndexOf(name) + name.Length)..];
        var next = Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'"')]);
        // A retry gives the same pair again and costs less.
        if (next == token) throw new BenchmarkException("A refresh did not rotate.");
        token = next;
    }
}
