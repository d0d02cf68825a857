using System.Text;
using PartnerCenter.Data.Files;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Tests.Data.Organizations;

/// <summary>The file format: what is written, what is read, and that the second is the first.</summary>
public sealed class MemberCsvTests
{
    private const string Heading = "address,name,status,guest,guest_until,role,location,role_until\n";

    private static readonly DateTime Day = new(2027, 12, 31, 23, 59, 59, DateTimeKind.Utc);

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    public async Task What_is_written_is_read_again(char delimiter)
    {
        string[] names = ["Ben Keller", "=1+1", "+31 20", "-x", "@home", "\tname", "'=x", "''=x", "'t Hooft", "'", "Van \"Piet\", de; derde", "two\nlines", "Zoë", "–"];
        var rows = names.Select((name, i) => new MemberCsvRow($"p{i}@example.com", name, MembershipStatus.Active, IsGuest: i % 2 == 0, i % 2 == 0 ? Day : null)
        {
            Role = i % 3 == 0 ? "referrals_admin" : null,
            Location = i % 3 == 0 ? "@Zurich; the =first, \"best\"" : null,
            RoleEndsAt = i % 3 == 0 ? Day : null,
        }).ToList();

        var lines = MemberCsv.Read(await WriteAsync(delimiter, [.. rows])).Lines;

        Assert.Equal(rows.Select(row => row.Address), lines.Select(line => line.Address));
        Assert.Equal(names, lines.Select(line => line.Name));
        Assert.Equal(rows.Select(row => row.IsGuest), lines.Select(line => line.IsGuest!.Value));
        Assert.Equal(rows.Select(row => row.Role ?? ""), lines.Select(line => line.Role));
        Assert.Equal(rows.Select(row => row.Location ?? ""), lines.Select(line => line.Location));
        Assert.Equal(rows.Select(row => row.RoleEndsAt is null ? (DateOnly?)null : new DateOnly(2027, 12, 31)), lines.Select(line => line.RoleUntil));
        Assert.Equal(rows.Select(row => row.GuestEndsAt is null ? (DateOnly?)null : new DateOnly(2027, 12, 31)), lines.Select(line => line.GuestUntil));
        Assert.Equal(Enumerable.Range(2, rows.Count), lines.Select(line => line.Number));
        Assert.All(lines, line => Assert.Null(line.Fault));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\t=x", "'\t=x")]
    [InlineData("\r=x", "'\r=x")]
    [InlineData("'=x", "''=x")]
    [InlineData("'t Hooft", "'t Hooft")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void A_field_that_a_spreadsheet_would_run_is_defused_and_nothing_else(string field, string written)
    {
        Assert.Equal(written, CsvFormulas.Defuse(field));
        Assert.Equal(field, CsvFormulas.Undo(written));
    }

    [Fact]
    public async Task No_written_field_begins_like_a_formula()
    {
        string[] evil = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\",\"y\")"];
        var text = Encoding.UTF8.GetString(await WriteAsync(',', [.. evil.Select(name => new MemberCsvRow("=a@example.com", name, MembershipStatus.Active, IsGuest: false, null) { Location = name, Role = "owner" })]));

        using var parser = new CsvHelper.CsvParser(new StringReader(text), System.Globalization.CultureInfo.InvariantCulture);
        while (parser.Read())
            Assert.All(parser.Record!, field => Assert.DoesNotContain(field.FirstOrDefault('x'), "=+-@\t\r"));
    }

    [Fact]
    public async Task It_begins_with_the_mark_that_spreadsheets_look_for() =>
        Assert.Equal([0xEF, 0xBB, 0xBF], (await WriteAsync(','))[..3]);

    [Theory]
    [InlineData(true, "\n")]
    [InlineData(false, "\r\n")]
    [InlineData(true, "\r\n")]
    public void A_file_is_read_with_and_without_that_mark_and_with_either_line_break(bool withMark, string lineBreak)
    {
        var text = (Heading + "a@example.com,Zoë,,,,,,\n").Replace("\n", lineBreak, StringComparison.Ordinal);

        var line = Assert.Single(MemberCsv.Read([.. withMark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(text)]).Lines);

        Assert.Equal(("a@example.com", "Zoë", 2), (line.Address, line.Name, line.Number));
    }

    [Fact]
    public void Columns_come_in_any_order_and_case()
    {
        var line = Assert.Single(Read("Role_Until;LOCATION;role;guest_until;guest;status;name;address\n2027-12-31;Zurich;owner;;no;Active;Ben;a@example.com\n").Lines);

        Assert.Equal(("a@example.com", "owner", "Zurich", false), (line.Address, line.Role, line.Location, line.IsGuest));
    }

    [Fact]
    public void Rows_are_counted_as_a_spreadsheet_counts_them()
    {
        var lines = Read($"\n{Heading}\na@example.com,\"two\nlines\",,,,,,\n,,,,,,,\nb@example.com,,,,,,,\n").Lines;

        Assert.Equal([(4, "a@example.com"), (6, "b@example.com")], lines.Select(line => (line.Number, line.Address)));
    }

    [Fact]
    public void Wrong_columns_are_named()
    {
        Assert.Equal("“role_until”", Fault("address,name,status,guest,guest_until,role,location\na,,,,,,\n", "Reason.MissingColumns")[0]);
        Assert.Equal("“colour”", Fault(Heading.TrimEnd() + ",colour\n", "Reason.UnknownColumns")[0]);
        Assert.Equal("“role”", Fault(Heading.TrimEnd() + ",role\n", "Reason.RepeatedColumns")[0]);
        Assert.Equal(["“e-mail”", "“address”"], Fault(Heading.Replace("address", "e-mail", StringComparison.Ordinal), "Reason.OtherColumns"));
        Fault("a,b;c\n1,2;3\n", "Reason.OtherColumns");

        static object[] Fault(string text, string key)
        {
            var fault = Read(text).Fault!;
            Assert.Equal(key, fault.Key);
            return fault.Arguments;
        }
    }

    [Fact]
    public void What_is_no_such_file_is_refused_as_a_whole()
    {
        Assert.Equal(Reasons.FileIsEmpty, MemberCsv.Read([]).Fault);
        Assert.Equal(Reasons.FileIsEmpty, Read(" \r\n ").Fault);
        Assert.Equal(Reasons.FileIsEmpty, MemberCsv.Read([0xEF, 0xBB, 0xBF]).Fault);
        Assert.Equal(Reasons.FileHasNoRows, Read(Heading).Fault);
        Assert.Equal(Reasons.FileIsNotUtf8, MemberCsv.Read(Encoding.Latin1.GetBytes(Heading + "a@example.com,Zoë,,,,,,\n")).Fault);
        Assert.Equal(Reasons.FileIsNotUtf8, MemberCsv.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Heading)]).Fault);
        Assert.Equal(Reasons.FileIsNotUtf8, MemberCsv.Read(Encoding.Unicode.GetBytes(Heading)).Fault);
        Assert.Equal(Reasons.FileIsNotUtf8, MemberCsv.Read([0x50, 0x4B, 3, 4, 0, 0, 0xFF]).Fault);
    }

    [Fact]
    public void A_thousand_rows_are_read_and_one_more_is_refused()
    {
        var thousand = Heading + string.Concat(Enumerable.Range(1, 1000).Select(i => $"p{i}@example.com,,,,,,,\n\n"));

        Assert.Equal(1000, Read(thousand).Lines.Count);
        Assert.Equal("Reason.TooManyRows", Read(thousand + "one-more@example.com,,,,,,,\n").Fault!.Key);
    }

    [Fact]
    public void Five_megabytes_are_read_and_one_byte_more_is_refused()
    {
        var start = Encoding.UTF8.GetBytes(Heading + "a@example.com,,,,,,,\n");
        var full = start.Concat(Enumerable.Repeat((byte)'\n', MemberCsv.MostBytes - start.Length)).ToArray();

        Assert.Single(MemberCsv.Read(full).Lines);
        Assert.Equal("Reason.FileTooLarge", MemberCsv.Read([.. full, (byte)'\n']).Fault!.Key);
    }

    [Theory]
    [InlineData("a@example.com;Ben;;;;;;", "Reason.WrongNumberOfFields")]
    [InlineData("a@example.com,Ben,,,,,", "Reason.WrongNumberOfFields")]
    [InlineData("a@example.com,Ben,,,,,,,", "Reason.WrongNumberOfFields")]
    [InlineData("a@example.com,\"Ben,,,,,,", "Reason.BrokenQuotes")]
    [InlineData("a@example.com,B\"en,,,,,,", "Reason.BrokenQuotes")]
    [InlineData("a@example.com,\"B\"en,,,,,,", "Reason.BrokenQuotes")]
    [InlineData("a@example.com,,,maybe,,,,", "Reason.NeitherYesNorNo")]
    [InlineData("a@example.com,,,yes,31-12-2027,,,", "Reason.NoDay")]
    [InlineData("a@example.com,,,,,owner,,2027-02-30", "Reason.NoDay")]
    public void A_row_that_cannot_be_read_says_why_and_where(string row, string reason)
    {
        var lines = Read($"{Heading}z@example.com,,,,,,,\n{row}\n").Lines;

        Assert.Null(lines[0].Fault);
        Assert.Equal((3, reason), (lines[1].Number, lines[1].Fault!.Key));
    }

    [Fact]
    public void A_field_that_is_too_long_is_refused_with_its_row()
    {
        var line = Assert.Single(Read($"{Heading}a@example.com,{new string('x', 201)},,,,,,\n").Lines);

        Assert.Equal("Reason.TooLong", line.Fault!.Key);
        Assert.Equal("Reason.TooLong", Assert.Single(Read($"{Heading}{new string('x', 4_000_000)},,,,,,,\n").Lines).Fault!.Key);
    }

    private static MemberCsvFile Read(string text) => MemberCsv.Read(Encoding.UTF8.GetBytes(text));

    private static async Task<byte[]> WriteAsync(char delimiter, params MemberCsvRow[] rows)
    {
        using var stream = new MemoryStream();
        await MemberCsv.WriteAsync(stream, rows.ToAsyncEnumerable(), delimiter);
        return stream.ToArray();
    }
}
