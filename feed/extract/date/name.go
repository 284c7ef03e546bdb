package date

import (
	"strings"
	"time"
)

// InName returns the date in a path with slashes: that in the name of the file
// (2026-02-14-title.md, 20260214.txt, story_14-02-2026.html, 14-feb-2026.txt), else
// that of the folders (2026/02/14/title.md, 2026/feb/14/title.md,
// 2026-02-14/title.md). Folders that tell only year and month (2026/02/title.md),
// and a name that is or ends in a year and a month (report-2026-02.pdf), give a
// date whose Day is 0. The path of a URL will do.
func InName(path string) (Date, bool) { return Grammar{}.InName(path) }

// InName is like the function [InName], for one that knows the order of day and
// month.
func (g Grammar) InName(path string) (Date, bool) {
	base := strings.LastIndexByte(path, '/') + 1
	stem := base + stemLength(path[base:])
	name, ok := g.inBase(path[:stem], base)
	if ok && name.Day != 0 {
		return name, true
	}
	if folder, found := g.inFolders(path[:base]); found && (!ok || folder.Day != 0) {
		return folder, true
	}
	return name, ok
}

// stemLength returns the length of a file name without its extension: letters,
// with a digit at most (mp3), behind the last full stop.
func stemLength(name string) int {
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 || len(name)-dot > 10 || dot+1 == len(name) || strings.Trim(name[dot+1:dot+2], "0123456789") == "" {
		return len(name)
	}
	return dot
}

// inBase finds a date in s from base on.
func (g Grammar) inBase(s string, base int) (Date, bool) {
	for i := base; i < len(s); {
		n := numberAt(s, i)
		if n.digits == 0 {
			i++
			continue
		}
		if d, ok := g.nameDate(s, n); ok {
			return d, true
		}
		i = n.end
	}
	if d, ok := g.nameWords(s, base); ok {
		return d, true
	}
	return yearMonthTail(s, base)
}

// nameDate reads the numeric date of a name that starts with the number n.
func (g Grammar) nameDate(s string, n number) (Date, bool) {
	if n.digits == 8 || n.digits == 12 || n.digits == 14 {
		return compactName(s, n)
	}
	sep := byte(0)
	if n.end < len(s) {
		sep = s[n.end]
	}
	if n.start > 0 && wordStart(s, n.start) < n.start {
		return Date{}, false // v1.2.2024
	}
	if n.digits != 4 && n.digits > 2 || sep != '-' && sep != '_' && sep != '.' && sep != ' ' {
		return Date{}, false
	}
	second := numberAt(s, n.end+1)
	if second.digits == 0 || second.digits > 2 || !is(s, second.end, sep) {
		return Date{}, false
	}
	third := numberAt(s, second.end+1)
	t := triple{[3]number{n, second, third}, rune(sep)}
	if t.sep == '_' || t.sep == ' ' {
		t.sep = '-'
	}
	d, ok := Grammar{Order: g.Order}.fromTriple(t)
	if !ok || third.digits == 0 {
		return Date{}, false
	}
	return withNameTime(s, d), true
}

// compactName reads 20260214, and a time of four or six digits behind it.
func compactName(s string, n number) (Date, bool) {
	day := n
	for _, digits := range [...]int{14, 12, 8} {
		if n.digits != digits {
			continue
		}
		d, ok := compactDate(s[:day.end], day)
		if ok && digits == 8 {
			d = withNameTime(s, d)
		}
		return d, ok
	}
	return Date{}, false
}

// withNameTime adds the time that stands behind the date of a name: T101500, -1015.
// It must be written with as many digits as a time has, and not be a year.
func withNameTime(s string, d Date) Date {
	i := d.End
	if i == len(s) || strings.IndexByte("T-_ ", s[i]) < 0 {
		return d
	}
	joined := s[i] == 'T'
	n := numberAt(s, i+1)
	if n.digits != 6 && !(n.digits == 4 && joined) {
		return d
	}
	c, ok := compactClock(s[n.start:n.end])
	if !ok || n.end-n.start != n.digits {
		return d
	}
	c.end = n.end
	if is(s, n.end, 'Z') {
		c.zone, c.end = zone{known: true}, n.end+1
	}
	c.set(&d)
	d.End = c.end
	return d
}

// nameWords reads a date with the name of a month: 14-feb-2026-title,
// 2026-feb-14, 14feb2026, and feb-14-2026 where it is the whole name. Elsewhere in
// a name it is that of an event: on-september-11-2001.
func (g Grammar) nameWords(s string, base int) (Date, bool) {
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' {
			return ' '
		}
		return r
	}, s[base:])
	plain = spaced(plain)
	d, ok := g.Prefix(plain)
	if !ok || !d.Full() || d.Range || d.Numeric {
		return Date{}, false
	}
	whole := strings.TrimSpace(plain[d.End:]) == ""
	if _, size := digitAt(plain, 0); size == 0 && !whole {
		return Date{}, false
	}
	d.Start, d.End = base, base+shrink(s[base:], plain, d.End)
	return d, true
}

// spaced sets letters and digits apart: "14feb2026" is "14 feb 2026".
func spaced(s string) string {
	var b strings.Builder
	kind := func(i int) int {
		if _, size := digitAt(s, i); size > 0 {
			return 1
		}
		if wordEnd(s, i) > i {
			return 2
		}
		return 0
	}
	before := 0
	for i, r := range s {
		k := kind(i)
		if before+k == 3 && before != 0 && k != 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before = k
	}
	return b.String()
}

// shrink returns how much of s corresponds to the first n bytes of its spaced form.
func shrink(s, wide string, n int) int {
	j := 0
	for i := 0; i < n && j < len(s); {
		if wide[i] == s[j] || wide[i] == ' ' && strings.IndexByte("-_. ", s[j]) >= 0 {
			j++
		}
		i++
	}
	return j
}

// yearMonthTail reads the year and the month that a name is or ends in.
func yearMonthTail(s string, base int) (Date, bool) {
	name := s[base:]
	if len(name) < len("2026-02") {
		return Date{}, false
	}
	start := base + len(name) - len("2026-02")
	return yearMonth(s, start, base)
}

// yearMonth reads the seven characters 2026-02 at a place, to the end of s.
func yearMonth(s string, start, base int) (Date, bool) {
	year := numberAt(s, start)
	if year.digits != 4 || !numericYear(year.val) || !is(s, year.end, '-') && !is(s, year.end, '_') {
		return Date{}, false
	}
	month := numberAt(s, year.end+1)
	if month.digits != 2 || month.end != len(s) || !validDay(year.val, time.Month(month.val), 1) {
		return Date{}, false
	}
	if start > base {
		if c := s[start-1]; c != '-' && c != '_' && c != ' ' && c != '.' {
			return Date{}, false
		}
	}
	return Date{Year: year.val, Month: time.Month(month.val), Weekday: -1, Numeric: true, Start: start, End: len(s)}, true
}

// inFolders finds a date in the folders of a path, the last one first: 2026/02/14,
// 2026/02, 2026-02-14, 2026-02.
func (g Grammar) inFolders(dir string) (Date, bool) {
	var best Date
	for end := len(dir); end > 0; {
		end = strings.LastIndexByte(dir[:end], '/')
		if end < 0 {
			break
		}
		start := strings.LastIndexByte(dir[:end], '/') + 1
		if d, ok := g.folder(dir, start, end); ok {
			if d.Day != 0 {
				return d, true
			}
			if best.Month == 0 {
				best = d
			}
		}
	}
	return best, best.Month != 0
}

// folder reads the date that the folder dir[start:end] is, with those above it.
func (g Grammar) folder(dir string, start, end int) (Date, bool) {
	n := numberAt(dir, start)
	switch {
	case n.digits >= 4 && n.end < end || n.digits == 8:
		if d, ok := g.nameDate(dir[:end], n); ok && d.End == end {
			return d, true
		}
		return yearMonth(dir[:end], start, start)
	case n.digits == 0 || n.digits > 2 || n.end != end || start == 0:
		return Date{}, false
	}
	last, upper := n, folderNumber(dir, start-1)
	if upper.digits == 4 && numericYear(upper.val) && last.digits == 2 {
		d := Date{Year: upper.val, Month: time.Month(last.val), Weekday: -1, Numeric: true, Start: upper.start, End: end}
		return d, validDay(d.Year, d.Month, 1)
	}
	if upper.digits == 0 {
		upper = folderMonth(dir, start-1)
	}
	if upper.digits == 0 || upper.digits > 2 || upper.start == 0 {
		return Date{}, false
	}
	year := folderNumber(dir, upper.start-1)
	d := Date{Year: year.val, Month: time.Month(upper.val), Day: last.val, Weekday: -1, Numeric: true, Start: year.start, End: end}
	return d, year.digits == 4 && numericYear(year.val) && validDay(d.Year, d.Month, d.Day)
}

// folderMonth returns the month that the folder before the slash at end names, as
// its number: 2026/feb/14.
func folderMonth(dir string, end int) number {
	start := strings.LastIndexByte(dir[:end], '/') + 1
	name, ok := monthAt(dir, start)
	if !ok || name.end != end {
		return number{}
	}
	return number{val: int(name.month), digits: 2, start: start, end: end}
}

// folderNumber returns the number that the folder before the slash at end is.
func folderNumber(dir string, end int) number {
	start := strings.LastIndexByte(dir[:end], '/') + 1
	n := numberAt(dir, start)
	if n.end != end {
		return number{}
	}
	return n
}
