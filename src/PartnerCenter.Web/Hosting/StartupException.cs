namespace PartnerCenter.Web.Hosting;

/// <summary>The portal cannot start, and one sentence says why.</summary>
public sealed class StartupException(string sentence, Exception? cause = null) : Exception(sentence, cause);
