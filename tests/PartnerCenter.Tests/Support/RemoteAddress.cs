using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PartnerCenter.Tests.Support;

/// <summary>Lets a request come from the network address that a header of the test names, as the server would say it, and keeps what the portal made of it.</summary>
public sealed class RemoteAddress : IStartupFilter
{
    public const string Header = "X-Test-Address";

    /// <summary>Scheme, host and address of the last request, as the portal saw them.</summary>
    public (string Scheme, string Host, string? Address) Seen { get; private set; }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (HttpContext context, RequestDelegate rest) =>
        {
            if (context.Request.Headers[Header] is [{ } address])
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
            await rest(context);
            Seen = (context.Request.Scheme, context.Request.Host.Value ?? "", context.Connection.RemoteIpAddress?.ToString());
        });
        next(app);
    };
}
