using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Engines;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Data;

public sealed class DatabaseFaultsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task A_row_that_the_database_refuses_does_not_mean_that_it_is_away()
    {
        var fault = await app.InDatabaseAsync(async db =>
        {
            var known = await db.People.FirstAsync();
            db.People.Add(new Person("The same again", known.SignInAddress, "en"));
            return await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        });

        Assert.True(Assert.IsAssignableFrom<DbException>(fault.InnerException).IsRefusal());
        Assert.False(Faults.IsDatabaseAway(fault));
    }

    [Fact]
    public async Task A_table_that_is_gone_means_that_it_is_away()
    {
        var fault = await app.InDatabaseAsync(db => Assert.ThrowsAnyAsync<DbException>(() => db.People.FromSqlRaw("SELECT * FROM Nowhere").ToListAsync()));

        Assert.False(fault.IsRefusal());
        Assert.True(Faults.IsDatabaseAway(fault));
    }
}
