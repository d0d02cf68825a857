using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Who asks too often is asked to wait (ASVS 5.0 2.4.1, 6.3.1; RFC 6585: 429 with Retry-After). Every request counts for its caller: the
/// person who is signed in, the API key that is right, or else the network address. Where guessing or flooding would gain something, it
/// counts once more, by one of the policies named here. Files and health checks do not count.
/// </summary>
public static class RateLimits
{
    public const string SignIn = "sign-in";
    public const string Unsubscribe = "unsubscribe";
    public const string VerifyContact = "verify-contact";
    public const string Feeds = "feeds";

    private static readonly object RecognizedKey = new();

    private static readonly Caller Uncounted = new(CallerKind.Uncounted, "");

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, options) => SetUp(limiter, options.Value));
    }

    /// <summary>Stands where it is known who asks and in which language to tell them to wait, and where nothing has been done for them yet.</summary>
    public static void UseRateLimits(this IApplicationBuilder app)
    {
        app.Use(RecognizeKeyAsync);
        app.UseRateLimiter();
    }

    private static void SetUp(RateLimiterOptions limiter, RateLimitOptions options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = SayWhenToComeBackAsync;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Caller>(context =>
        {
            var caller = CallerOf(context);
            var perMinute =
                caller.Kind == CallerKind.Person ? options.PerPerson
                : caller.Kind == CallerKind.ApiKey ? options.PerApiKey
                : options.PerAddress;
            return PartitionOf(context, options, caller, perMinute);
        });
        AddPolicy(SignIn, options.SignIn);
        AddPolicy(Unsubscribe, options.Unsubscribe);
        AddPolicy(VerifyContact, options.VerifyContact);
        AddPolicy(Feeds, options.Feeds);

        void AddPolicy(string name, int perMinute) =>
            limiter.AddPolicy(name, context => PartitionOf(context, options, CallerOf(context), perMinute));
    }

    // The request that an error page stands for has counted already. A partition keeps the limiter it was made with, so it needs its own.
    private static RateLimitPartition<Caller> PartitionOf(HttpContext context, RateLimitOptions options, Caller caller, int perMinute) =>
        options.Enabled && !Faults.IsErrorPage(context)
            ? RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
                AutoReplenishment = false,
            })
            : RateLimitPartition.GetNoLimiter(Uncounted);

    // Authorization would find out later; what it asks then is answered from here.
    private static async Task RecognizeKeyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiKeyOnlyAttribute>() is not null
            && await context.AuthenticateAsync(ApiKeyAuthentication.SchemeName) is { Succeeded: true, Principal: var system })
        {
            context.Items[RecognizedKey] = ApiKeyAuthentication.KeyOf(system);
        }

        await next(context);
    }

    // A key that is wrong counts for the address: its id is no secret, and somebody else's limit must not be used up by naming it.
    private static Caller CallerOf(HttpContext context)
    {
        if (context.Items[RecognizedKey] is string key)
            return new Caller(CallerKind.ApiKey, key);
        return context.RequestServices.GetRequiredService<CurrentUser>().Person is { } person
            ? new Caller(CallerKind.Person, person.Id.ToString(CultureInfo.InvariantCulture))
            : new Caller(CallerKind.Address, NetworkOf(context.Connection.RemoteIpAddress));
    }

    // Whoever has an IPv6 address has 2^64 of them (RFC 6177): they count as one.
    private static string NetworkOf(IPAddress? address)
    {
        const int Prefix = 64;
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
            return address?.ToString() ?? "";

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Prefix / 8).Clear();
        return new IPAddress(bytes).ToString();
    }

    private static ValueTask SayWhenToComeBackAsync(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.Zero;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }

    private enum CallerKind
    {
        Uncounted,
        Person,
        ApiKey,
        Address,
    }

    private readonly record struct Caller(CallerKind Kind, string Id);
}
