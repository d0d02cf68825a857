namespace PartnerCenter.Domain;

/// <summary>
/// Why something may not happen, as a key with its arguments. The sentence stands in <c>Vocabulary.resx</c>, once per language,
/// so that a page, a problem document and a mail all say the same.
/// </summary>
/// <param name="Key">The key of the sentence, <c>Reason.…</c> in the vocabulary.</param>
/// <param name="Arguments">What the sentence's placeholders stand for, in order.</param>
public sealed record Reason(string Key, params object[] Arguments);

/// <summary>An argument of a reason that is itself a word of the vocabulary, such as the name of a role.</summary>
/// <param name="Key">Its key in the vocabulary.</param>
public sealed record Word(string Key);
