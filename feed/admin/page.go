package admin

import (
	_ "embed" // the page
	"fmt"
	"html/template"
	"sync"
	"time"
)

//go:embed status.html
var statusText string

// statusPage is the template of the status page, read once.
var statusPage = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("status").Funcs(template.FuncMap{
		"clock": clock, "machine": machine, "took": took, "bytes": size, "share": share, "count": count,
	}).Parse(statusText))
})

// clock shows a time as people read it, in the zone of now: the day is left out
// when it is today.
func clock(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format(time.TimeOnly)
	}
	return t.Format(time.DateTime)
}

// machine shows a time as programs read it.
func machine(t time.Time) string { return t.Format(time.RFC3339) }

// took shows a duration by what matters of it.
func took(d time.Duration) string {
	switch {
	case d < time.Second:
		return d.Round(time.Millisecond).String()
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}

func size(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f KB", float64(n)/1000)
}

// share shows which part of a and b a is.
func share(a, b int64) string {
	if a+b == 0 {
		return "–"
	}
	return fmt.Sprintf("%d %%", (100*a+(a+b)/2)/(a+b))
}

// count shows a number with its noun in the right form.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
