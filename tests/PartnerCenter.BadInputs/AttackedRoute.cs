using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.BadInputs;

/// <summary>Where a parameter of a route comes from.</summary>
internal enum InputSource
{
    Route,
    Query,
    Form,
    Header,
    Body,
    File,
}

/// <summary>Something that a route reads.</summary>
internal sealed record Input(string Name, InputSource Source, Type Type);

/// <summary>A route as the portal serves it, found out from the portal itself.</summary>
/// <param name="Method">The method that it answers to.</param>
/// <param name="Template">Its address with the names of its parameters.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Openers">Who may use it, as far as its rule says.</param>
internal sealed record AttackedRoute(string Method, string Template, IReadOnlyList<Input> Inputs, IReadOnlyList<CallerKind> Openers)
{
    // One file is like another.
    private const int MostFiles = 8;

    private const int DeepestModel = 3;

    // What a provider may send back (RFC 6749, section 4.1.2; RFC 9207; OpenID Connect Session Management 1.0).
    private static readonly string[] Answer = ["code", "state", "iss", "error", "error_description", "error_uri", "session_state"];

    /// <summary>Every route of a portal, in a fixed order.</summary>
    public static IReadOnlyList<AttackedRoute> AllOf(IServiceProvider portal)
    {
        var metadata = portal.GetRequiredService<IModelMetadataProvider>();
        var endpoints = portal.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var files = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null);
        return
        [
            .. endpoints.Except(files).SelectMany(endpoint => Of(endpoint, metadata)).DistinctBy(route => (route.Method, route.Template)),
            .. portal.GetRequiredService<SignInProviders>().All.Select(CallbackOf),
            .. files.Select(file => new AttackedRoute("GET", Path(file), [], [CallerKind.Stranger])).DistinctBy(route => route.Template).Take(MostFiles),
        ];
    }

    // Of no controller: the framework's handler takes it before a route is looked for.
    private static AttackedRoute CallbackOf(SignInProvider provider) => new(
        HttpMethods.Get, provider.CallbackPath, [.. Answer.Select(name => new Input(name, InputSource.Query, typeof(string)))], [CallerKind.Stranger, CallerKind.Administrator]);

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static IEnumerable<AttackedRoute> Of(RouteEndpoint endpoint, IModelMetadataProvider metadata)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? named : ["GET", "POST"];
        foreach (var method in methods)
        {
            List<Input> inputs = [.. endpoint.RoutePattern.Parameters.Select(parameter => new Input(parameter.Name, InputSource.Route, typeof(string)))];
            if (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action)
            {
                foreach (var parameter in action.Parameters.Concat(action.BoundProperties).Where(parameter => !inputs.Exists(input => Is(input, parameter.Name))))
                    inputs.AddRange(Of(parameter, method, metadata));
            }

            yield return new AttackedRoute(method, Path(endpoint), inputs, OpenersOf(endpoint));
        }
    }

    private static bool Is(Input input, string name) => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Input> Of(ParameterDescriptor parameter, string method, IModelMetadataProvider metadata)
    {
        var type = parameter.ParameterType;
        var source = parameter.BindingInfo?.BindingSource;
        if (type == typeof(CancellationToken) || source == BindingSource.Services)
            return [];
        var name = parameter.BindingInfo?.BinderModelName ?? parameter.Name;
        if (source == BindingSource.Header)
            return [new Input(name, InputSource.Header, type)];
        if (source == BindingSource.Body)
            return [new Input(name, InputSource.Body, type)];

        var from = source == BindingSource.Query || (source != BindingSource.Form && method == HttpMethods.Get) ? InputSource.Query : InputSource.Form;
        return Leaves(metadata.GetMetadataForType(type), name, isTop: true, from, metadata, DeepestModel);
    }

    // The fields of a form model are sent without the name of its parameter, those of a model within it with the name of its property.
    private static IEnumerable<Input> Leaves(ModelMetadata model, string name, bool isTop, InputSource source, IModelMetadataProvider metadata, int depth)
    {
        if (typeof(IFormFile).IsAssignableFrom(model.ModelType))
            return [new Input(name, InputSource.File, model.ModelType)];
        if (!model.IsComplexType || depth == 0)
            return [new Input(name, source, model.UnderlyingOrModelType)];
        if (model.IsEnumerableType)
            return [new Input(name, source, model.ElementType!), .. Leaves(model.ElementMetadata!, $"{name}[0]", isTop: false, source, metadata, depth - 1)];
        return model.Properties
            .Where(property => !property.IsReadOnly && property.PropertyName is not null)
            .SelectMany(property => Leaves(
                property, isTop ? property.BinderModelName ?? property.PropertyName! : $"{name}.{property.PropertyName}", isTop: false, source, metadata, depth - 1));
    }

    private static IReadOnlyList<CallerKind> OpenersOf(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return [CallerKind.Stranger, CallerKind.Administrator];
        if (endpoint.Metadata.GetMetadata<PublishersOnlyAttribute>() is not null)
            return [CallerKind.Publisher];
        if (endpoint.Metadata.GetMetadata<MailSystemsOnlyAttribute>() is not null)
            return [CallerKind.MailSystem];
        return endpoint.Metadata.GetMetadata<OperatorsOnlyAttribute>() is not null ? [CallerKind.Operator] : [CallerKind.Administrator, CallerKind.Administrator, CallerKind.Partner];
    }
}
