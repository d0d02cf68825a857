using Microsoft.AspNetCore.Authorization;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Security;

/// <summary>Only for members who have this permission. Every action of an organization names one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(Permission permission)
    : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Only for operators of the program.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OperatorsOnlyAttribute : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>For everybody who is signed in, whatever they are: it touches nothing but their own account.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class OwnAccountOnlyAttribute : AuthorizeAttribute;

/// <summary>Asks the access table.</summary>
public sealed class PermissionHandler(CurrentUser user) : AuthorizationHandler<RequirePermissionAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequirePermissionAttribute requirement)
    {
        if (user.IsMember && user.Member.May(requirement.Permission))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>Asks whether the person runs the program.</summary>
public sealed class OperatorHandler(CurrentUser user) : AuthorizationHandler<OperatorsOnlyAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OperatorsOnlyAttribute requirement)
    {
        if (user.Person is { IsOperator: true })
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
