package date

import (
	"time"
	"unicode"
	"unicode/utf8"
)

// A named is the name of a month in a text.
type named struct {
	month      time.Month
	care       care
	english    bool // an English name
	lower      bool // written without a capital
	short      bool // so short that a full stop may belong to it
	start, end int
}

// monthAt returns the month whose name starts at i.
func monthAt(s string, i int) (named, bool) {
	end := wordEnd(s, i)
	if end == i {
		return named{}, false
	}
	return nameOf(s, i, end)
}

// nameOf returns the month that the word s[i:end] names, with a second word
// where the name has two: تشرين الثاني.
func nameOf(s string, i, end int) (named, bool) {
	k := fold(s[i:end])
	if pair := k.bytes(); string(pair) == "كانون" || string(pair) == "تشرين" {
		if end2 := wordEnd(s, skipBlank(s, end)); end2 > end {
			end = end2
			k = fold(s[i:end])
		}
	}
	m, care := month(&k)
	if m == 0 && k.len > 2 && string(k.buf[:2]) == "ב" {
		rest := fold(s[i+2 : end])
		m, care = month(&rest) // in February, in Hebrew, is one word
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return named{m, care, english(&k), unicode.IsLower(r), utf8.RuneCountInString(s[i:end]) <= 4, i, end}, m != 0
}

// monthBefore returns the month whose name ends before i.
func monthBefore(s string, i, floor int) (named, bool) {
	end := skipBlankBack(s, i)
	if end > floor && (s[end-1] == '.' || s[end-1] == ',') {
		end--
	}
	start := wordStart(s, end)
	if start == end || start < floor {
		return named{}, false
	}
	if m, ok := nameOf(s, start, end); ok {
		return m, true
	}
	// كانون الثاني: the second word was met first.
	first := wordStart(s, skipBlankBack(s, start))
	if first >= floor && first < start && s[start] >= 0xd8 {
		if m, ok := nameOf(s, first, wordEnd(s, first)); ok && m.end == end {
			return m, true
		}
	}
	return named{}, false
}

// monthOf returns the month that belongs to a day before i, whose ordinal ends
// there: " February", ". Februar", " de febrero", "-FEB", " شباط/فبراير".
func (g Grammar) monthOf(s string, i int) (named, bool) {
	if is(s, i, '-') || is(s, i, '/') {
		return monthAt(s, i+1)
	}
	stop := is(s, i, '.')
	if stop {
		i++
	}
	i = skipBlank(s, i)
	end := wordEnd(s, i)
	if end == i {
		return named{}, false
	}
	if k := fold(s[i:end]); joins(&k) {
		if is(s, end, '\'') {
			end++
		}
		i = skipBlank(s, end)
	}
	name, ok := monthAt(s, i)
	if !ok || stop && onlyEnglish(s[name.start:name.end]) {
		return named{}, false // "It opens at 5. March is cold."
	}
	name.end = afterSecondName(s, name)
	return name, true
}

// afterSecondName returns where a month ends that is named twice, as in the
// Levant: "شباط/فبراير", "شباط (فبراير)".
func afterSecondName(s string, name named) int {
	i := skipBlank(s, name.end)
	open := is(s, i, '(')
	if !open && !is(s, i, '/') {
		return name.end
	}
	second, ok := monthAt(s, skipBlank(s, i+1))
	if !ok || second.month != name.month {
		return name.end
	}
	if open && is(s, second.end, ')') {
		return second.end + 1
	}
	return second.end
}

// doubtful reports whether the name must not be taken for a month on its own.
func (n named) doubtful() bool { return n.care == weak || n.lowerWord() }

// lowerWord reports whether the name is written like the English word it also is.
func (n named) lowerWord() bool { return n.care == capital && n.lower }
