package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"
)

// A MonthCount tells how many public entries were published in a month, and
// when that last changed.
type MonthCount struct {
	Month   string    // "2026-03", in UTC
	Live    int       // 0 when all that it had is no longer public
	Changed time.Time // the latest Updated of the entries of this month that are or were public
}

// monthForm is how a month is written.
const monthForm = "2006-01"

// Months returns the months in which something was published that is, or was,
// public; the oldest first.
func (r Reader) Months(ctx context.Context) ([]MonthCount, error) {
	var counts []MonthCount
	err := r.each(ctx, selectMonths, nil, func(rows *sql.Rows) error {
		var number int64
		var changed sql.Null[int64]
		var c MonthCount
		err := rows.Scan(&number, &c.Live, &changed)
		c.Month, c.Changed = startOf(number).Format(monthForm), fromNull(changed)
		counts = append(counts, c)
		return err
	})
	return counts, err
}

// InMonth returns the public entries that were published in a month
// ("2026-03", in UTC), in the order of [feed.Newest]. Within an update, change
// nothing while you range over it.
func (r Reader) InMonth(ctx context.Context, month string) iter.Seq2[Record, error] {
	start, err := time.Parse(monthForm, month)
	if err != nil {
		return func(yield func(Record, error) bool) {
			yield(Record{}, fmt.Errorf("%q is no month of the form %q", month, "2026-03"))
		}
	}
	return r.stream(ctx, selectInMonth, start.UnixMilli(), start.AddDate(0, 1, 0).UnixMilli())
}

// monthOf returns the month of an instant as it is kept: years * 12 + months.
func monthOf(t time.Time) int64 {
	t = t.UTC()
	return int64(t.Year())*12 + int64(t.Month()) - 1
}

// startOf returns the first instant of a month.
func startOf(number int64) time.Time {
	return time.Date(0, time.Month(number+1), 1, 0, 0, 0, 0, time.UTC)
}

func (tx *Tx) settleMonth(number int64, t *tally) error {
	_, err := tx.exec(addToMonth, number, t.live, toNull(t.raised))
	if err == nil && t.falls() {
		_, err = tx.exec(recountMonth, startOf(number).UnixMilli(), startOf(number+1).UnixMilli(), t.lowered.UnixMilli(), number)
	}
	return err
}

// A monthRow is a month with its last change, as both are kept.
type monthRow struct{ number, changed int64 }

// monthsByChange returns the months that something public is or was in, those
// first that changed last.
func (tx *Tx) monthsByChange() ([]monthRow, error) {
	var months []monthRow
	err := tx.each(tx.ctx, selectMonthsByChange, nil, func(rows *sql.Rows) error {
		var m monthRow
		err := rows.Scan(&m.number, &m.changed)
		months = append(months, m)
		return err
	})
	return months, err
}
