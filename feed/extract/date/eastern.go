package date

import (
	"strings"
	"time"
	"unicode/utf8"
)

// eastern reads the dates of Chinese, Japanese and Korean that start with the
// number n: 2026年2月14日, 8月29日, 2026년 2월 14일, 令和8年2月14日, 2月13日至15日.
func (g Grammar) eastern(s string, n number, floor int) (match, bool) {
	if n.end == len(s) {
		return match{}, false
	}
	i := skipBlank(s, n.end)
	if !strings.HasPrefix(s[i:], "年") && !strings.HasPrefix(s[i:], "년") {
		return easternMonth(s, n, Date{Weekday: -1, Numeric: true, Start: n.start})
	}
	d := Date{Year: n.val, Weekday: -1, Numeric: true, Start: n.start}
	if n.digits != 4 {
		era, start := eraBefore(s, n.start, floor)
		if era == 0 {
			return match{}, false
		}
		d.Year, d.Start = era+n.val, start
	}
	if !wordYear(d.Year) {
		return match{}, false
	}
	return easternMonth(s, easternNumber(s, skipBlank(s, i+len("年"))), d)
}

// easternMonth reads the month n and what follows it into d.
func easternMonth(s string, n number, d Date) (match, bool) {
	i, ok := easternMark(s, n, "月", "월", "月")
	if !ok || n.val < 1 || n.val > 12 {
		return match{}, false
	}
	d.Month = time.Month(n.val)
	d.End = i
	day := easternNumber(s, skipBlank(s, i))
	end, ok := easternMark(s, day, "日", "일", "号", "號")
	switch {
	case ok:
		d.Day, d.End = day.val, end
	case day.digits > 0 && day.digits <= 2:
		return easternDays(s, day, d, day.end) // 2月13～15日
	default:
		return match{last: d}, d.Year != 0
	}
	if !validDay(d.Year, d.Month, d.Day) {
		return match{}, false
	}
	if m, ok := easternDays(s, day, d, end); ok {
		return m, true
	}
	return match{last: d}, true
}

// easternDays reads on behind the first day of a range, which ends at i:
// 2月13日至15日, 2月28日～3月1日.
func easternDays(s string, day number, first Date, i int) (match, bool) {
	first.Day, first.End = day.val, i
	i, ok := easternLink(s, i)
	if !ok {
		return match{}, false
	}
	n := easternNumber(s, i)
	last := first
	last.Start = n.start
	if end, ok := easternMark(s, n, "月", "월", "月"); ok {
		last.Month = time.Month(n.val)
		n = easternNumber(s, skipBlank(s, end))
	}
	end, ok := easternMark(s, n, "日", "일", "号", "號")
	if !ok {
		return match{}, false
	}
	last.Day, last.End = n.val, end
	if !validDay(last.Year, last.Month, last.Day) || !validDay(first.Year, first.Month, first.Day) {
		return match{}, false
	}
	if first.Year != 0 && last.Time().Before(first.Time()) {
		return match{}, false
	}
	return ranged(first, last), true
}

// easternLink returns where the second end of a range begins.
func easternLink(s string, i int) (int, bool) {
	i = skipBlank(s, i)
	if size := dash(s, i); size > 0 {
		return skipBlank(s, i+size), true
	}
	for _, word := range [...]string{"から", "부터", "、", "~", "和", "及び", "と"} {
		if strings.HasPrefix(s[i:], word) {
			return skipBlank(s, i+len(word)), true
		}
	}
	return i, false
}

// easternMark returns where one of the marks ends that stands behind a number.
func easternMark(s string, n number, marks ...string) (int, bool) {
	if n.digits == 0 || n.digits > 2 {
		return 0, false
	}
	i := skipBlank(s, n.end)
	for _, mark := range marks {
		if strings.HasPrefix(s[i:], mark) {
			return i + len(mark), true
		}
	}
	return 0, false
}

// eraBefore returns the year before the first of the era that ends at i, and
// where its name starts: the eras of Japan, and the Republic of China.
func eraBefore(s string, i, floor int) (year, start int) {
	i = skipBlankBack(s, i)
	const nameLength = len("令和")
	if i-nameLength < floor {
		return 0, 0
	}
	switch s[i-nameLength : i] {
	case "令和":
		year = 2018
	case "平成":
		year = 1988
	case "昭和":
		year = 1925
	case "大正":
		year = 1911
	case "明治":
		year = 1867
	case "民國", "民国":
		year = 1911
	default:
		return 0, 0
	}
	return year, i - nameLength
}

// easternNumber returns the number at i, in digits or in Chinese characters.
func easternNumber(s string, i int) number {
	if n := numberAt(s, i); n.digits > 0 {
		return n
	}
	n, _ := hanNumberAt(s, i)
	n.start = i
	return n
}

// hanNumberAt reads a number in Chinese characters: a year digit by digit
// (二〇二六), or a number below one hundred (二十九). 元 is the first year of an era.
func hanNumberAt(s string, i int) (number, bool) {
	n := number{start: i, end: i}
	if i >= len(s) || s[i] < 0xe3 || s[i] > 0xe9 {
		n.end = min(i+1, len(s))
		return n, false
	}
	tens := -1
	for n.end < len(s) && n.digits < 5 {
		r, size := utf8.DecodeRuneInString(s[n.end:])
		v := hanDigit(r)
		if v < 0 {
			break
		}
		n.end += size
		switch {
		case v == 10 && tens < 0 && n.digits <= 1:
			tens = max(n.val, 1)
			n.val, n.digits = 0, 1
		case v == 10:
			return n, false
		default:
			n.val, n.digits = n.val*10+v, n.digits+1
		}
	}
	if tens >= 0 {
		n.val, n.digits = tens*10+n.val, 2
	}
	if n.digits == 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		n.end = i + size
	}
	return n, n.digits > 0
}

func hanDigit(r rune) int {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一', '元':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十':
		return 10
	}
	return -1
}
