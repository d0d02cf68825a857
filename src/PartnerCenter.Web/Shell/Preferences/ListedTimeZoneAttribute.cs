using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>Takes a time zone of the list. A regular expression, because the framework translates what that says.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListedTimeZoneAttribute() : RegularExpressionAttribute(string.Join('|', TimeZones.All));
