using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Communications;

/// <summary>
/// A small world in which things happen at random, and a naive memory of them beside the database. The memory knows no index, no
/// target row and no watermark per path: it answers each question by going through everything that ever happened.
/// </summary>
internal sealed class RandomWorld(TemporaryDatabase database, int seed)
{
    private static readonly Role[] Roles =
        [RoleCatalogue.BillingAdmin, RoleCatalogue.Owner, RoleCatalogue.ReferralsUser, RoleCatalogue.GlobalAdmin];

    private static readonly string[] Workspaces = ["billing", "pricing", "benefits", "incentives", "action-center"];

    // In upper case, which is what every engine sorts alike.
    private static readonly string[] Words = ["ALPHA", "BETA", "GAMMA"];

    // The same seed makes the same world on every machine.
    private readonly Random _random = new(seed);
    private readonly List<Item> _items = [];
    private readonly List<MemberMemory> _members = [];
    private readonly Dictionary<string, HashSet<string>> _workspacesOf = [];
    private readonly Dictionary<(long Id, string For), (DateTime At, string By)> _completed = [];
    private readonly List<string> _log = [];

    public IReadOnlyList<MemberMemory> Members => _members;

    public IEnumerable<long> AllIds => _items.Select(item => item.Id).Append(4711);

    private DateTime Now => database.Time.Now;

    public async Task BeginAsync()
    {
        var all = await AddOrganizationAsync("alpine-cloud", [.. ProgramCatalogue.All]);
        var few = await AddOrganizationAsync("lowland-digital", ProgramCatalogue.Reseller);
        var person = await database.Scenario.PersonAsync("In both");
        await AddMemberAsync(all, person);
        await AddMemberAsync(few, person);
        await AddMemberAsync(all, await database.Scenario.PersonAsync("First"));
        await AddMemberAsync(few, await database.Scenario.PersonAsync("Second"));
        foreach (var member in _members)
            await GrantAsync(member);
    }

    /// <summary>Lets one thing happen.</summary>
    public Task StepAsync() => _random.Next(27) switch
    {
        < 7 => PublishAsync(),
        7 => WithdrawAsync(),
        8 => GrantAsync(Any(_members)),
        9 => RevokeAsync(Any(_members)),
        10 => Any(_members).ReadAllAsync(this),
        < 13 => TouchAsync((member, item) => member.ReadAsync(this, item)),
        < 15 => TouchAsync((member, item) => member.ArchiveAsync(this, item)),
        15 => TouchAsync((member, item) => member.RestoreAsync(this, item)),
        < 18 => TouchAsync((member, item) => member.CompleteAsync(this, item)),
        18 => TouchAsync((member, item) => member.MarkUnreadAsync(this, item)),
        < 21 => TouchAsync((member, item) => member.SnoozeAsync(this, item)),
        21 => TouchAsync((member, item) => member.WakeAsync(this, item)),
        22 => TouchAsync((member, item) => member.ReopenAsync(this, item)),
        < 25 => EscalateAsync(),
        _ => PassTimeAsync(),
    };

    public override string ToString() => $"seed {seed}:\n{string.Join('\n', _log)}";

    // What the memory expects

    public IEnumerable<long> OpenActions(MemberMemory member, CommunicationFilter filter) =>
        from item in Open(member, filter)
        where item.IsAction
        orderby item.Due < Now ? 0 : 1, item.IsMandatory ? 0 : 1, item.Due ?? DateTime.MaxValue, item.Id
        select item.Id;

    public IEnumerable<long> Notifications(MemberMemory member, CommunicationFilter filter) =>
        Open(member, filter).Where(item => !item.IsAction).Select(item => item.Id).OrderDescending();

    public IEnumerable<long> Completed(MemberMemory member, CommunicationFilter filter) =>
        from item in Visible(member, filter)
        let at = CompletedAt(member, item)
        where at is not null
        orderby at descending, item.Id descending
        select item.Id;

    public IEnumerable<long> Archived(MemberMemory member, CommunicationFilter filter) =>
        from item in Visible(member, filter)
        where member.Archived.ContainsKey(item.Id)
        orderby member.Archived[item.Id] descending, item.Id descending
        select item.Id;

    public IEnumerable<long> Snoozed(MemberMemory member, CommunicationFilter filter) =>
        from item in Visible(member, filter)
        where CompletedAt(member, item) is null && !member.Archived.ContainsKey(item.Id) && member.IsSnoozedAt(item.Id, Now)
        orderby member.SnoozedUntil[item.Id], item.Id
        select item.Id;

    /// <summary>A list in any order that a reader can choose.</summary>
    public IEnumerable<long> Listed(MemberMemory member, Listing listing)
    {
        var own = (listing.Place switch
        {
            CommunicationPlace.Actions => OpenActions(member, listing.Filter),
            CommunicationPlace.Notifications => Notifications(member, listing.Filter),
            CommunicationPlace.Completed => Completed(member, listing.Filter),
            CommunicationPlace.Archived => Archived(member, listing.Filter),
            _ => Snoozed(member, listing.Filter),
        }).ToList();
        var items = Visible(member, listing.Filter).Where(item => own.Contains(item.Id)).ToList();
        var isOfOpenItems = listing.Place is CommunicationPlace.Actions or CommunicationPlace.Notifications;
        Func<Item, int> byKind = item => (int)item.Kind;
        Func<Item, DateTime> byDue = item => item.Due ?? DateTime.MaxValue;
        return (listing.Sort switch
        {
            CommunicationSort.Title => Turned(items.OrderBy(item => item.Title, StringComparer.Ordinal).ThenBy(item => item.Id)),
            CommunicationSort.Published => Turned(items.OrderBy(item => item.Id)),
            CommunicationSort.Due when listing.Descending =>
                items.OrderByDescending(item => item.Due is not null).ThenByDescending(byDue).ThenByDescending(item => item.Id),
            CommunicationSort.Due => items.OrderBy(byDue).ThenBy(item => item.Id),
            CommunicationSort.Kind when listing.Descending => items.OrderByDescending(byKind).ThenBy(byDue).ThenBy(item => item.Id),
            CommunicationSort.Kind => items.OrderBy(byKind).ThenBy(byDue).ThenBy(item => item.Id),
            _ when listing.Descending && !isOfOpenItems => own.AsEnumerable().Reverse().Select(id => items.Single(item => item.Id == id)),
            _ => own.Select(id => items.Single(item => item.Id == id)),
        }).Select(item => item.Id);

        IEnumerable<Item> Turned(IEnumerable<Item> sorted) => listing.Descending ? sorted.Reverse() : sorted;
    }

    /// <summary>A list as somebody might ask for it.</summary>
    public Listing AnyListing()
    {
        var place = Any(Enum.GetValues<CommunicationPlace>().Where(place => place != CommunicationPlace.Announcements).ToList());
        return new Listing(place, AnyFilter(), Any(Listing.SortsOf(place)), Descending: _random.Next(2) == 0);
    }

    private CommunicationFilter AnyFilter() => new()
    {
        Workspace = _random.Next(4) == 0 ? Any(Workspaces) : null,
        Kind = _random.Next(6) == 0 ? Any(CommunicationPolicy.Published) : null,
        Due = _random.Next(4) == 0 ? Any(Enum.GetValues<DueFilter>()) : null,
        Unread = _random.Next(3) == 0,
        Role = _random.Next(4) == 0 ? Any([.. Roles.Select(role => role.Key), "default_user"]) : null,
        From = _random.Next(5) == 0 ? DateOnly.FromDateTime(Now.AddDays(-_random.Next(4))) : null,
        To = _random.Next(5) == 0 ? DateOnly.FromDateTime(Now.AddDays(-_random.Next(2))) : null,
        Text = _random.Next(5) == 0 ? Any(Words) : null,
    };

    public CommunicationCounts Counts(MemberMemory member)
    {
        var open = Open(member, new()).ToList();
        return new CommunicationCounts(
            OpenMandatory: open.Count(item => item.IsMandatory),
            OpenActions: open.Count(item => item.IsAction),
            Notifications: open.Count(item => !item.IsAction),
            Badge: open.Count(item => item.IsMandatory) + open.Count(item => !item.IsMandatory && !IsRead(member, item.Id)),
            OpenActionsByWorkspace: open.Where(item => item.IsAction).CountBy(item => item.Workspace).ToDictionary());
    }

    public bool IsVisible(MemberMemory member, long id) => Visible(member, new()).Any(item => item.Id == id);

    public bool IsRead(MemberMemory member, long id) => !member.MarkedUnread.Contains(id) && (member.Read.Contains(id) || member.Seen.Any(seen =>
        seen.Id == id && (seen.By is null || (member.Grants.Contains(seen.By) && seen.By.CountsAt(Now)))));

    private IEnumerable<Item> Visible(MemberMemory member, CommunicationFilter filter) => _items
        .Where(item => !item.IsWithdrawn && _workspacesOf[member.Organization].Contains(item.Workspace) && WaysTo(member, item).Any())
        .Where(item => filter.Workspace is null || filter.Workspace == item.Workspace)
        .Where(item => filter.Kind is null || filter.Kind == item.Kind)
        .Where(item => filter.Role is null || (item.OnlyFor is null && item.Roles.Concat(EscalationsTo(member, item)).Contains(filter.Role) && WaysBy(filter.Role, member).Any()))
        .Where(item => !filter.Unread || !IsRead(member, item.Id))
        .Where(item => filter.From is null || DateOnly.FromDateTime(item.PublishedAt) >= filter.From)
        .Where(item => filter.To is null || DateOnly.FromDateTime(item.PublishedAt) <= filter.To)
        .Where(item => filter.Text is null || item.Title.Contains(filter.Text, StringComparison.OrdinalIgnoreCase))
        .Where(item => filter.Due switch
        {
            null => true,
            DueFilter.Overdue => item.Due < Now,
            DueFilter.Soon => item.Due >= Now && item.Due <= Now.AddDays(7),
            _ => item.Due is null,
        });

    private IEnumerable<Item> Open(MemberMemory member, CommunicationFilter filter) =>
        Visible(member, filter).Where(item =>
            !member.Archived.ContainsKey(item.Id) && !member.IsSnoozedAt(item.Id, Now) && CompletedAt(member, item) is null);

    private DateTime? CompletedAt(MemberMemory member, Item item) =>
        _completed.TryGetValue((item.Id, item.IsForPerson ? member.Name : member.Organization), out var at) ? at.At : null;

    // The grants by which an item reaches a member; null stands for a way that needs none.
    private IEnumerable<Grant?> WaysTo(MemberMemory member, Item item)
    {
        if (item.OnlyFor is { } name)
            return name == member.Name ? [null] : [];
        if (item.Organization is { } organization && organization != member.Organization)
            return [];
        return item.Roles.Concat(EscalationsTo(member, item)).SelectMany(role => WaysBy(role, member));
    }

    private static IEnumerable<string> EscalationsTo(MemberMemory member, Item item) =>
        item.Escalations.Where(escalation => escalation.Organization == member.Organization).Select(escalation => escalation.Role);

    private IEnumerable<Grant?> WaysBy(string role, MemberMemory member)
    {
        if (role == "default_user")
            return [null];
        return member.Grants.Where(grant => grant.Role == role && grant.CountsAt(Now));
    }

    // What happens

    private async Task<Organization> AddOrganizationAsync(string key, params string[] programs)
    {
        _workspacesOf[key] = [.. WorkspaceCatalogue.BuiltIn.All
            .Where(workspace => workspace.Programs.Count == 0 || workspace.Programs.Intersect(programs).Any())
            .Select(workspace => workspace.Key)];
        return await database.Scenario.OrganizationAsync(key, programs);
    }

    private async Task AddMemberAsync(Organization organization, Person person)
    {
        var membership = await database.Scenario.MemberAsync(organization, person);
        _members.Add(new MemberMemory($"{person.Name} in {organization.Key}", organization.Key, membership, database.As(membership)));
    }

    private async Task PublishAsync()
    {
        var kind = Any(CommunicationPolicy.Published);
        var days = _random.Next(1, 6);
        var isAction = kind is CommunicationKind.MandatoryAction or CommunicationKind.RecommendedAction;
        var hasDueDate = kind == CommunicationKind.MandatoryAction || (isAction && _random.Next(2) == 0);
        var isForPerson = isAction && _random.Next(2) == 0;
        var onlyFor = _random.Next(6) == 0 ? Any(_members) : null;
        string[] roles = onlyFor is null ? [.. Roles.Select(role => role.Key).Append("default_user").Where(_ => _random.Next(3) == 0)] : [];
        if (onlyFor is null && roles.Length == 0)
            roles = ["owner"];
        var organization = onlyFor is null && _random.Next(2) == 0 ? Any([.. _workspacesOf.Keys]) : null;
        var workspace = Any(Workspaces);
        var title = $"{Any(Words)} {_random.Next(10)}";

        var draft = Drafts.Of(kind, [.. roles]) with
        {
            Workspace = workspace,
            Organizations = organization is null ? null : [organization],
            DueInDays = hasDueDate ? days : null,
            Completion = isForPerson ? "person" : null,
            Content = new Dictionary<string, DraftText> { ["en"] = new(title, "What there is to say.") },
        };
        var id = await database.Scenario.PublishAsync(onlyFor is null ? draft : draft.ForMembership(onlyFor.Membership.Id));
        _items.Add(new Item(id, workspace, kind, hasDueDate ? Now.AddDays(days) : null, isForPerson, roles, organization, onlyFor?.Name, Now, title));
        Log($"{_items[^1]} for {string.Join('+', roles)}");
    }

    private async Task WithdrawAsync()
    {
        if (_items.Count == 0)
            return;
        var item = Any(_items);
        Log($"withdraw {item.Id}");
        await database.Scenario.WithdrawAsync(item.Id);
        item.IsWithdrawn = true;
    }

    private async Task EscalateAsync()
    {
        var addressed = _items.Where(item => item.OnlyFor is null && !item.IsWithdrawn).ToList();
        if (addressed.Count == 0)
            return;
        var (item, role, organization) = (Any(addressed), Any(Roles).Key, Any([.. _workspacesOf.Keys]));
        if (item.Roles.Contains(role) || (item.Organization ?? organization) != organization || !item.Escalations.Add((role, organization)))
            return;
        Log($"escalate {item.Id} to {role} of {organization}");
        await database.Scenario.EscalateAsync(item.Id, role, organization);
    }

    private async Task GrantAsync(MemberMemory member)
    {
        var role = Any(Roles);
        if (member.Grants.Exists(grant => grant.Role == role.Key))
            return;
        DateTime? endsAt = _random.Next(3) == 0 ? Now.AddDays(_random.Next(1, 4)) : null;
        Log($"grant {role.Key} to {member.Name} until {endsAt}");
        await database.Scenario.GrantAsync(member.Membership, role, endsAt);
        member.Grants.Add(new Grant(role.Key, endsAt));
    }

    private async Task RevokeAsync(MemberMemory member)
    {
        if (member.Grants.Count == 0)
            return;
        var grant = Any(member.Grants);
        Log($"revoke {grant.Role} from {member.Name}");
        await database.Scenario.RevokeAsync(member.Membership, RoleCatalogue.Find(grant.Role)!);
        member.Grants.Remove(grant);
    }

    private Task PassTimeAsync()
    {
        var hours = _random.Next(1, 30);
        Log($"{hours} hours pass");
        database.Time.Advance(TimeSpan.FromHours(hours));
        return Task.CompletedTask;
    }

    private Task TouchAsync(Func<MemberMemory, Item, Task> touch) =>
        _items.Count == 0 ? Task.CompletedTask : touch(Any(_members), Any(_items));

    private T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private void Log(string what) => _log.Add($"{Now:dd HH:mm} {what}");

    internal sealed record Item(
        long Id,
        string Workspace,
        CommunicationKind Kind,
        DateTime? Due,
        bool IsForPerson,
        string[] Roles,
        string? Organization,
        string? OnlyFor,
        DateTime PublishedAt,
        string Title)
    {
        public bool IsWithdrawn { get; set; }

        public HashSet<(string Role, string Organization)> Escalations { get; } = [];

        public bool IsMandatory => Kind == CommunicationKind.MandatoryAction;

        public bool IsAction => IsMandatory || Kind == CommunicationKind.RecommendedAction;
    }

    // Not a record: two grants of the same role are two grants.
    internal sealed class Grant(string role, DateTime? endsAt)
    {
        public string Role => role;

        public bool CountsAt(DateTime now) => endsAt is null || now < endsAt;
    }

    /// <summary>What is remembered of one member.</summary>
    internal sealed class MemberMemory(string name, string organization, Membership membership, MemberView view)
    {
        public string Name => name;

        public string Organization => organization;

        public Membership Membership => membership;

        public MemberView View => view;

        public List<Grant> Grants { get; } = [];

        public HashSet<long> Read { get; } = [];

        public Dictionary<long, DateTime> Archived { get; } = [];

        /// <summary>What a "mark all read" made read, and the grant by which it had come; null when it needed none.</summary>
        public HashSet<(long Id, Grant? By)> Seen { get; } = [];

        public HashSet<long> MarkedUnread { get; } = [];

        public Dictionary<long, DateTime> SnoozedUntil { get; } = [];

        public bool IsSnoozedAt(long id, DateTime now) => SnoozedUntil.TryGetValue(id, out var until) && until > now;

        public async Task MarkUnreadAsync(RandomWorld world, Item item)
        {
            world.Log($"{Name} marks {item.Id} unread");
            var isVisible = world.IsVisible(this, item.Id);
            Assert.Equal(isVisible, await View.MarkUnreadAsync(item.Id));
            if (isVisible)
                MarkedUnread.Add(item.Id);
        }

        public async Task SnoozeAsync(RandomWorld world, Item item)
        {
            var until = world.Now.AddHours(world._random.Next(1, 60));
            world.Log($"{Name} puts {item.Id} off until {until}");
            var isVisible = world.IsVisible(this, item.Id);
            var mayWait = MayBePutOff(world, item)
                && (item.Due is { } due ? due > world.Now && until <= due : until <= world.Now.AddDays(90));
            if (isVisible && !mayWait)
            {
                await Assert.ThrowsAsync<RuleViolationException>(() => View.SnoozeAsync(item.Id, until));
                return;
            }

            Assert.Equal(isVisible, await View.SnoozeAsync(item.Id, until));
            if (!isVisible)
                return;
            SnoozedUntil[item.Id] = until;
            NoteRead(item.Id);
        }

        public async Task WakeAsync(RandomWorld world, Item item)
        {
            world.Log($"{Name} takes {item.Id} up");
            var isVisible = world.IsVisible(this, item.Id);
            if (isVisible && !(MayBePutOff(world, item) && IsSnoozedAt(item.Id, world.Now)))
            {
                await Assert.ThrowsAsync<RuleViolationException>(() => View.WakeAsync(item.Id));
                return;
            }

            Assert.Equal(isVisible, await View.WakeAsync(item.Id));
            if (isVisible)
                SnoozedUntil.Remove(item.Id);
        }

        private bool MayBePutOff(RandomWorld world, Item item) =>
            item.IsAction && !item.IsMandatory && world.CompletedAt(this, item) is null && !Archived.ContainsKey(item.Id);

        public async Task ReopenAsync(RandomWorld world, Item item)
        {
            world.Log($"{Name} reopens {item.Id}");
            var isVisible = world.IsVisible(this, item.Id);
            if (isVisible && world.CompletedAt(this, item) is null)
            {
                await Assert.ThrowsAsync<RuleViolationException>(() => View.ReopenAsync(item.Id));
                return;
            }

            Assert.Equal(isVisible, await View.ReopenAsync(item.Id));
            if (isVisible)
                world._completed.Remove((item.Id, item.IsForPerson ? Name : Organization));
        }

        private void NoteRead(long id)
        {
            Read.Add(id);
            MarkedUnread.Remove(id);
        }

        public async Task ReadAsync(RandomWorld world, Item item)
        {
            world.Log($"{Name} reads {item.Id}");
            var isVisible = world.IsVisible(this, item.Id);
            Assert.Equal(isVisible, await View.ReadAsync(item.Id));
            if (isVisible)
                NoteRead(item.Id);
        }

        public async Task ArchiveAsync(RandomWorld world, Item item)
        {
            world.Log($"{Name} archives {item.Id}");
            var isVisible = world.IsVisible(this, item.Id);
            if (isVisible && item.IsMandatory)
            {
                await Assert.ThrowsAsync<RuleViolationException>(() => View.ArchiveAsync(item.Id));
                return;
            }

            Assert.Equal(isVisible, await View.ArchiveAsync(item.Id));
            if (!isVisible)
                return;
            Archived.TryAdd(item.Id, world.Now);
            NoteRead(item.Id);
        }

        public async Task RestoreAsync(RandomWorld world, Item item)
        {
            world.Log($"{Name} restores {item.Id}");
            var isVisible = world.IsVisible(this, item.Id);
            Assert.Equal(isVisible, await View.RestoreAsync(item.Id));
            if (isVisible)
                Archived.Remove(item.Id);
        }

        public async Task CompleteAsync(RandomWorld world, Item item)
        {
            world.Log($"{Name} completes {item.Id}");
            var isVisible = world.IsVisible(this, item.Id);
            var key = (item.Id, item.IsForPerson ? Name : Organization);
            var isDoneByAnother = world._completed.TryGetValue(key, out var done) && done.By != Membership.Person.Name;
            if (isVisible && (!item.IsAction || isDoneByAnother))
            {
                await Assert.ThrowsAsync<RuleViolationException>(() => View.CompleteAsync(item.Id));
                return;
            }

            Assert.Equal(isVisible, await View.CompleteAsync(item.Id));
            if (!isVisible || !world._completed.TryAdd(key, (world.Now, Membership.Person.Name)))
                return;
            NoteRead(item.Id);
            SnoozedUntil.Remove(item.Id);
        }

        public async Task ReadAllAsync(RandomWorld world)
        {
            world.Log($"{Name} marks all read");
            await View.ReadAllAsync();
            Read.UnionWith(MarkedUnread);
            MarkedUnread.Clear();
            foreach (var item in world.Visible(this, new()).ToList())
            {
                if (item.PublishedAt > world.Now.AddMinutes(-1) || EscalationsTo(this, item).Any(role => world.WaysBy(role, this).Any()))
                    Read.Add(item.Id);
                else
                    Seen.UnionWith(world.WaysTo(this, item).Select(way => (item.Id, way)));
            }
        }
    }
}
