namespace PartnerCenter.Web.Security;

/// <summary>
/// What a page asks for by itself while nobody needs to be there: such a request does not keep a session alive, or a screen that was left
/// open would stay signed in.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoActivityAttribute : Attribute;
