namespace PartnerCenter.Domain;

/// <summary>Every reason that a rule of this product can give. A test requires each one's sentence in every language.</summary>
public static class Reasons
{
    // What the policy refuses.
    public static readonly Reason MandatoryActionStays = new("Reason.MandatoryActionStays");
    public static readonly Reason NotShownInPortal = new("Reason.NotShownInPortal");
    public static readonly Reason MailIsRequired = new("Reason.MailIsRequired");
    public static readonly Reason OnlyActionsAreCompleted = new("Reason.OnlyActionsAreCompleted");

    // What is wrong with a communication that somebody wants to publish.
    public static readonly Reason Missing = new("Reason.Missing");
    public static readonly Reason DueDateMissing = new("Reason.DueDateMissing");
    public static readonly Reason DueDateTwice = new("Reason.DueDateTwice");
    public static readonly Reason DueDateInThePast = new("Reason.DueDateInThePast");
    public static readonly Reason DueDateOnNotification = new("Reason.DueDateOnNotification");
    public static readonly Reason CompletionOnNotification = new("Reason.CompletionOnNotification");
    public static readonly Reason AgreementOnlyOnTransactional = new("Reason.AgreementOnlyOnTransactional");
    public static readonly Reason AudienceMissing = new("Reason.AudienceMissing");
    public static readonly Reason AudienceTwice = new("Reason.AudienceTwice");
    public static readonly Reason OrganizationsMustBeNamed = new("Reason.OrganizationsMustBeNamed");
    public static readonly Reason LinkNotAllowed = new("Reason.LinkNotAllowed");
    public static readonly Reason ControlCharacters = new("Reason.ControlCharacters");

    public static Reason UnknownWorkspace(string key) => new("Reason.UnknownWorkspace", key);

    public static Reason UnknownKind(string key) => new("Reason.UnknownKind", key);

    public static Reason UnknownRole(string key) => new("Reason.UnknownRole", key);

    public static Reason UnknownOrganization(string key) => new("Reason.UnknownOrganization", key);

    public static Reason UnknownMembership(int id) => new("Reason.UnknownMembership", id);

    public static Reason UnknownCompletion(string key) => new("Reason.UnknownCompletion", key);

    public static Reason UnknownLanguage(string key) => new("Reason.UnknownLanguage", key);

    public static Reason DefaultLanguageMissing(string language) => new("Reason.DefaultLanguageMissing", language);

    public static Reason NotAllowedForKey(string value) => new("Reason.NotAllowedForKey", value);

    public static Reason TooLong(int most) => new("Reason.TooLong", most);

    public static Reason TooLarge(int mostBytes) => new("Reason.TooLarge", mostBytes);

    public static Reason DueDateTooFar(int mostDays) => new("Reason.DueDateTooFar", mostDays);

    public static Reason TooMany(int most) => new("Reason.TooMany", most);

    public static Reason OutOfRange(int least, int most) => new("Reason.OutOfRange", least, most);
}
