using PartnerCenter.Domain.Access;

namespace PartnerCenter.Domain;

/// <summary>Every reason that a rule of this product can give. A test requires each one's sentence in every language.</summary>
public static class Reasons
{
    // What the policy refuses.
    public static readonly Reason MandatoryActionStays = new("Reason.MandatoryActionStays");
    public static readonly Reason NotShownInPortal = new("Reason.NotShownInPortal");
    public static readonly Reason MailIsRequired = new("Reason.MailIsRequired");
    public static readonly Reason OnlyActionsAreCompleted = new("Reason.OnlyActionsAreCompleted");

    public static readonly Reason CompletedActionStays = new("Reason.CompletedActionStays");
    public static readonly Reason NotCompleted = new("Reason.NotCompleted");
    public static readonly Reason NotToBeSnoozed = new("Reason.NotToBeSnoozed");
    public static readonly Reason SnoozeInThePast = new("Reason.SnoozeInThePast");
    public static readonly Reason OverdueCannotWait = new("Reason.OverdueCannotWait");
    public static readonly Reason NotSnoozed = new("Reason.NotSnoozed");
    public static readonly Reason RestoreFirst = new("Reason.RestoreFirst");
    public static readonly Reason EverybodyForThemselves = new("Reason.EverybodyForThemselves");
    public static readonly Reason NotHandedToYou = new("Reason.NotHandedToYou");
    public static readonly Reason NoSuchColleague = new("Reason.NoSuchColleague");

    // What operators cannot do with a mail.
    public static readonly Reason MailIsBeingSent = new("Reason.MailIsBeingSent");
    public static readonly Reason MailWasSent = new("Reason.MailWasSent");
    public static readonly Reason MailWasSuppressed = new("Reason.MailWasSuppressed");
    public static readonly Reason MailHasEnded = new("Reason.MailHasEnded");
    public static readonly Reason MailIsSpent = new("Reason.MailIsSpent");
    public static readonly Reason NotOnAllMails = new("Reason.NotOnAllMails");

    // What is wrong with a communication that somebody wants to publish.
    public static readonly Reason Missing = new("Reason.Missing");
    public static readonly Reason DueDateMissing = new("Reason.DueDateMissing");
    public static readonly Reason DueDateTwice = new("Reason.DueDateTwice");
    public static readonly Reason DueDateInThePast = new("Reason.DueDateInThePast");
    public static readonly Reason DueDateOnNotification = new("Reason.DueDateOnNotification");
    public static readonly Reason ExpiryTwice = new("Reason.ExpiryTwice");
    public static readonly Reason ExpiryInThePast = new("Reason.ExpiryInThePast");
    public static readonly Reason ExpiryOnlyOnPromotional = new("Reason.ExpiryOnlyOnPromotional");
    public static readonly Reason CompletionOnNotification = new("Reason.CompletionOnNotification");
    public static readonly Reason AgreementOnlyOnTransactional = new("Reason.AgreementOnlyOnTransactional");
    public static readonly Reason AudienceMissing = new("Reason.AudienceMissing");
    public static readonly Reason AudienceTwice = new("Reason.AudienceTwice");
    public static readonly Reason OrganizationsMustBeNamed = new("Reason.OrganizationsMustBeNamed");
    public static readonly Reason LinkNotAllowed = new("Reason.LinkNotAllowed");
    public static readonly Reason ControlCharacters = new("Reason.ControlCharacters");

    // What the rules about people and their access refuse.
    public static readonly Reason NobodyRaisesThemselves = new("Reason.NobodyRaisesThemselves");
    public static readonly Reason NobodyDecidesForThemselves = new("Reason.NobodyDecidesForThemselves");
    public static readonly Reason LastGlobalAdmin = new("Reason.LastGlobalAdmin");
    public static readonly Reason NotToBeErasedByOneself = new("Reason.NotToBeErasedByOneself");
    public static readonly Reason NotYoursAnyMore = new("Reason.NotYoursAnyMore");
    public static readonly Reason OwnAccountFirst = new("Reason.OwnAccountFirst");
    public static readonly Reason NotAsMembershipStands = new("Reason.NotAsMembershipStands");
    public static readonly Reason InvitationExpired = new("Reason.InvitationExpired");
    public static readonly Reason RemovedTooLongAgo = new("Reason.RemovedTooLongAgo");
    public static readonly Reason RequestIsClosed = new("Reason.RequestIsClosed");
    public static readonly Reason RequestIsOpenAlready = new("Reason.RequestIsOpenAlready");
    public static readonly Reason HasRoleAlready = new("Reason.HasRoleAlready");
    public static readonly Reason WorkspaceIsOpenAlready = new("Reason.WorkspaceIsOpenAlready");
    public static readonly Reason NoRoleOpensWorkspace = new("Reason.NoRoleOpensWorkspace");
    public static readonly Reason ReviewIsClosed = new("Reason.ReviewIsClosed");
    public static readonly Reason GrantIsGone = new("Reason.GrantIsGone");
    public static readonly Reason NobodyToReview = new("Reason.NobodyToReview");
    public static readonly Reason ChooseWhatToReview = new("Reason.ChooseWhatToReview");
    public static readonly Reason UnknownCountry = new("Reason.UnknownCountry");
    public static readonly Reason NotEnrolled = new("Reason.NotEnrolled");
    public static readonly Reason LocationIsUsed = new("Reason.LocationIsUsed");
    public static readonly Reason ChangedMeanwhile = new("Reason.ChangedMeanwhile");
    public static readonly Reason UnknownLocation = new("Reason.UnknownLocation");
    public static readonly Reason EndDateInThePast = new("Reason.EndDateInThePast");

    // What the rules about support requests refuse.
    public static readonly Reason NotAsSupportRequestStands = new("Reason.NotAsSupportRequestStands");
    public static readonly Reason ClosedTooLongAgo = new("Reason.ClosedTooLongAgo");

    // What the rules about a member's address refuse.
    public static readonly Reason ContactIsInUse = new("Reason.ContactIsInUse");
    public static readonly Reason NothingToConfirm = new("Reason.NothingToConfirm");
    public static readonly Reason VerificationIsUsed = new("Reason.VerificationIsUsed");
    public static readonly Reason VerificationIsReplaced = new("Reason.VerificationIsReplaced");
    public static readonly Reason VerificationIsCancelled = new("Reason.VerificationIsCancelled");
    public static readonly Reason PasswordIsCommon = new("Reason.PasswordIsCommon");

    public static readonly Reason PasswordIsAboutYou = new("Reason.PasswordIsAboutYou");

    public static readonly Reason VerificationHasExpired = new("Reason.VerificationHasExpired");
    public static readonly Reason UnsubscribedLongAgo = new("Reason.UnsubscribedLongAgo");
    public static readonly Reason NotTurnedOffByMail = new("Reason.NotTurnedOffByMail");
    public static readonly Reason VerificationJustSent = new("Reason.VerificationJustSent");
    public static readonly Reason TestMailJustSent = new("Reason.TestMailJustSent");
    public static readonly Reason TooManyWrongCodes = new("Reason.TooManyWrongCodes");

    // What is wrong with somebody whom one would invite, or with a line of an import.
    public static readonly Reason AlreadyMember = new("Reason.AlreadyMember");
    public static readonly Reason AlreadyInvited = new("Reason.AlreadyInvited");
    public static readonly Reason MemberIsBlocked = new("Reason.MemberIsBlocked");
    public static readonly Reason NeverJoined = new("Reason.NeverJoined");
    public static readonly Reason AddressNotDeliverable = new("Reason.AddressNotDeliverable");
    public static readonly Reason NoAddress = new("Reason.NoAddress");
    public static readonly Reason EndOfMember = new("Reason.EndOfMember");
    public static readonly Reason FileIsEmpty = new("Reason.FileIsEmpty");
    public static readonly Reason FileIsNotUtf8 = new("Reason.FileIsNotUtf8");
    public static readonly Reason FileHasNoRows = new("Reason.FileHasNoRows");
    public static readonly Reason BrokenQuotes = new("Reason.BrokenQuotes");
    public static readonly Reason RowWithoutRole = new("Reason.RowWithoutRole");
    public static readonly Reason EndOfNoGuest = new("Reason.EndOfNoGuest");
    public static readonly Reason GuestStays = new("Reason.GuestStays");
    public static readonly Reason RowOfRemoved = new("Reason.RowOfRemoved");
    public static readonly Reason NoSuchMember = new("Reason.NoSuchMember");
    public static readonly Reason NotOfOneWorkspace = new("Reason.NotOfOneWorkspace");
    public static readonly Reason DecidedInTheFuture = new("Reason.DecidedInTheFuture");

    public static Reason AlreadyCompleted(string by, DateTime at) => new("Reason.AlreadyCompleted", by, at);

    public static Reason SnoozeBeyondDueDate(DateTime due) => new("Reason.SnoozeBeyondDueDate", due);

    public static Reason SnoozeTooLong(int mostDays) => new("Reason.SnoozeTooLong", mostDays);

    public static Reason HandedOverAlready(string to) => new("Reason.HandedOverAlready", to);

    public static Reason TooManyVerifications(int mostPerHour) => new("Reason.TooManyVerifications", mostPerHour);

    public static Reason TooManyVerificationsInADay(int mostPerDay) => new("Reason.TooManyVerificationsInADay", mostPerDay);

    public static Reason TooManyVerificationsToAddress(int mostPerDay) => new("Reason.TooManyVerificationsToAddress", mostPerDay);

    public static Reason TooManyTestMails(int mostPerHour) => new("Reason.TooManyTestMails", mostPerHour);

    public static Reason WrongCode(int left) => new("Reason.WrongCode", left);

    public static Reason NotAnAddress(string text) => new("Reason.NotAnAddress", text);

    public static Reason FileTooLarge(int mostMegabytes) => new("Reason.FileTooLarge", mostMegabytes);

    public static Reason TooManyRows(int most) => new("Reason.TooManyRows", most);

    public static Reason UnknownColumns(string names) => new("Reason.UnknownColumns", names);

    public static Reason MissingColumns(string names) => new("Reason.MissingColumns", names);

    public static Reason OtherColumns(string unknown, string missing) => new("Reason.OtherColumns", unknown, missing);

    public static Reason RepeatedColumns(string names) => new("Reason.RepeatedColumns", names);

    public static Reason WrongNumberOfFields(int found, int expected) => new("Reason.WrongNumberOfFields", found, expected);

    public static Reason NeitherYesNorNo(string value) => new("Reason.NeitherYesNorNo", value);

    public static Reason NoDay(string value) => new("Reason.NoDay", value);

    public static Reason NoMoment(string value) => new("Reason.NoMoment", value);

    public static Reason NoSuchPreference(string name) => new("Reason.NoSuchPreference", name);

    public static Reason NoSuchValue(string value) => new("Reason.NoSuchValue", value);

    public static Reason DecidedLater(DateTime at) => new("Reason.DecidedLater", at);

    public static Reason NoSuchLocation(string name) => new("Reason.NoSuchLocation", name);

    public static Reason SameAsRow(int number) => new("Reason.SameAsRow", number);

    public static Reason ContradictsRow(int number) => new("Reason.ContradictsRow", number);

    public static Reason NotYoursToGrant(Role role) => new("Reason.NotYoursToGrant", new Word($"Role.{role.Key}"));

    public static Reason SignInAgainToGrant(int minutes) => new("Reason.SignInAgainToGrant", minutes);

    public static Reason SignInAgainForContact(int minutes) => new("Reason.SignInAgainForContact", minutes);

    public static Reason SignInAgainToDecideWhoComes(int minutes) => new("Reason.SignInAgainToDecideWhoComes", minutes);

    public static Reason SignInAgainToConnect(int minutes) => new("Reason.SignInAgainToConnect", minutes);

    public static Reason SignInAgainToErase(int minutes) => new("Reason.SignInAgainToErase", minutes);

    public static Reason SignInAgainForAccount(int minutes) => new("Reason.SignInAgainForAccount", minutes);

    public static Reason PasswordTooShort(int least) => new("Reason.PasswordTooShort", least);

    public static Reason PasswordTooLong(int most) => new("Reason.PasswordTooLong", most);

    public static Reason NotYoursToRevoke(Role role) => new("Reason.NotYoursToRevoke", new Word($"Role.{role.Key}"));

    public static Reason NotForGuests(Role role) => new("Reason.NotForGuests", new Word($"Role.{role.Key}"));

    public static Reason NotByLocation(Role role) => new("Reason.NotByLocation", new Word($"Role.{role.Key}"));

    public static Reason NotAskedFor(Role role) => new("Reason.NotAskedFor", new Word($"Role.{role.Key}"));

    public static Reason TooManyRequests(int mostPerDay) => new("Reason.TooManyRequests", mostPerDay);

    public static Reason ReviewItemIsDecided(string by) => new("Reason.ReviewItemIsDecided", by);

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

    public static Reason ExpiryTooFar(int days) => new("Reason.ExpiryTooFar", days);

    public static Reason TooMany(int most) => new("Reason.TooMany", most);

    public static Reason OutOfRange(int least, int most) => new("Reason.OutOfRange", least, most);
}
