using System.Globalization;

namespace BackupServer;

/// <summary>How many snapshots of a group are kept: the last ones, and the last one of each of so many hours, days, weeks, months and years.</summary>
internal sealed record Retention(int Last = 0, int Hourly = 0, int Daily = 0, int Weekly = 0, int Monthly = 0, int Yearly = 0)
{
    public bool KeepsSomething => Last + Hourly + Daily + Weekly + Monthly + Yearly > 0;

    /// <summary>The times that are kept. A rule goes on where the ones before it have kept something already: each adds what is older.</summary>
    public IReadOnlySet<DateTime> Select(IEnumerable<DateTime> times)
    {
        var newestFirst = times.OrderDescending().ToList();
        var kept = new HashSet<DateTime>();
        Keep(Last, time => time.ToString("O", CultureInfo.InvariantCulture));
        Keep(Hourly, time => $"{time:yyyy-MM-dd HH}");
        Keep(Daily, time => $"{time:yyyy-MM-dd}");
        Keep(Weekly, time => $"{ISOWeek.GetYear(time)} {ISOWeek.GetWeekOfYear(time)}");
        Keep(Monthly, time => $"{time:yyyy-MM}");
        Keep(Yearly, time => $"{time:yyyy}");
        return kept;

        void Keep(int count, Func<DateTime, string> period)
        {
            var covered = kept.Select(period).ToHashSet();
            var added = new HashSet<string>();
            foreach (var time in newestFirst)
            {
                if (added.Count == count)
                    return;
                if (!covered.Contains(period(time)) && added.Add(period(time)))
                    kept.Add(time);
            }
        }
    }
}
