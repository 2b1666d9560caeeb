using System.Globalization;

namespace BackupServer.Tests;

public class RetentionTests
{
    private static readonly DateTime[] Times =
    [
        .. new[]
        {
            "2024-05-01T12:00", "2025-12-31T12:00", "2026-01-15T12:00", "2026-02-28T12:00", "2026-03-09T12:00", "2026-03-10T08:00", "2026-03-10T20:00",
            "2026-03-11T07:10", "2026-03-11T07:50", "2026-03-11T08:30",
        }.Select(time => DateTime.ParseExact(time, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)),
    ];

    [Theory]
    [InlineData("last 2", "03-11 07:50", "03-11 08:30")]
    [InlineData("hourly 2", "03-11 07:50", "03-11 08:30")]
    [InlineData("daily 2", "03-10 20:00", "03-11 08:30")]
    [InlineData("weekly 2", "02-28 12:00", "03-11 08:30")]
    [InlineData("monthly 3", "01-15 12:00", "02-28 12:00", "03-11 08:30")]
    [InlineData("yearly 3", "05-01 12:00", "12-31 12:00", "03-11 08:30")]
    [InlineData("last 1 daily 1", "03-10 20:00", "03-11 08:30")]
    [InlineData("daily 100", "05-01 12:00", "12-31 12:00", "01-15 12:00", "02-28 12:00", "03-09 12:00", "03-10 20:00", "03-11 08:30")]
    public void The_last_one_of_each_period_is_kept_and_each_rule_adds_to_those_before_it(string rules, params string[] expected)
    {
        var words = rules.Split(' ');
        int Of(string rule) => Array.IndexOf(words, rule) is var at and >= 0 ? int.Parse(words[at + 1], CultureInfo.InvariantCulture) : 0;
        var retention = new Retention(Of("last"), Of("hourly"), Of("daily"), Of("weekly"), Of("monthly"), Of("yearly"));
        Assert.Equal(expected, retention.Select(Times).Order().Select(time => time.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void To_keep_nothing_is_refused()
    {
        using var store = new TestStore();
        store.Run("prune").Fails("say at least one");
    }
}
