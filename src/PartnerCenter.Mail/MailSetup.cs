using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Mail.Composition;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Mail;

/// <summary>Registers everything that turns communications into mails.</summary>
public static class MailSetup
{
    public static IServiceCollection AddPartnerCenterMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddMailTransport();
        services.AddSingleton(InstanceName.Create());
        services.AddSingleton<BeatMemory>();
        services.AddMetrics();
        services.AddSingleton<MailMeters>();
        services.AddSingleton<RelayLine>();
        services.AddSingleton<MailDispatcher>();
        services.AddSingleton<JoinLinks>();
        services.AddSingleton<ResetLinks>();
        services.AddSingleton<UnsubscribeLinks>();
        services.AddScoped<MailComposer>();
        services.AddScoped<MailWriter>();
        services.AddScoped<MailSamples>();
        services.AddScoped<MailGate>();
        services.AddScoped<MailWalk>();
        services.AddScoped<MailFanOut>();
        services.AddScoped<MailForecast>();
        services.AddScoped<Reminders>();
        services.AddScoped<Escalations>();
        services.AddScoped<CatchUps>();
        services.AddScoped<InstanceRegistry>();
        services.AddScoped<JobLeases>();
        return services;
    }
}
