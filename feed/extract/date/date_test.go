package date_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/extract/date"
)

// describe tells all of a date in one word: "Sat:2026-02-14T14:20:00Z", with "~"
// for one end of a range.
func describe(d date.Date) string {
	s := d.String()
	if d.Weekday >= 0 {
		s = time.Weekday(d.Weekday).String()[:3] + ":" + s
	}
	if d.Range {
		s = "~" + s
	}
	return s
}

func describeAll(dates []date.Date) string {
	var all []string
	for _, d := range dates {
		all = append(all, describe(d))
	}
	return strings.Join(all, " ")
}

// findTests has a text and the dates in it.
var findTests = []struct{ name, in, want string }{
	// English, as agencies write it
	{"a dateline", "HARBOUR, Feb 26 - The council met.", "--02-26"},
	{"a dateline with a stop", "HARBOUR, Dec. 9 (Agency) - The council met.", "--12-09"},
	{"a dateline that ends in a stop", "BAKU, Azerbaijan, February 14. The council met.", "--02-14"},
	{"day first", "BAKU. 3 July 2025. The minister arrived.", "2025-07-03"},
	{"month first", "On July 3, 2025, the minister arrived.", "2025-07-03"},
	{"month first without a comma", "Posted May 13 2021 by the desk", "2021-05-13"},
	{"capitals", "HARBOUR, MARCH 22 AAP - The council met. UPDATED 3 MAY 2026", "--03-22 2026-05-03"},
	{"ordinals", "on the 14th of February, 2026, and on May 1st", "2026-02-14 --05-01"},
	{"a weekday before", "on Saturday, February 14, and Sunday 15 February 2026", "Sat:--02-14 Sun:2026-02-15"},
	{"a short weekday", "Mon., Feb. 16, and Tues. March 3; on Wed 4 March", "Mon:--02-16 Tue:--03-03 Wed:--03-04"},
	{"a weekday behind, in vain", "14 February 2026 (Saturday night) and 1 May 2026 (Fri.)", "2026-02-14 Fri:2026-05-01"},
	{"the turn of a year", "January 31 - February 2 and December 30, 2025 to January 2, 2026", "~--01-31 ~--02-02 ~2025-12-30 ~2026-01-02"},
	{"backwards", "from 14 to 13 February 2026, May 14-13", "2026-02-13"},
	{"money", "€14 March, £5 May, ¥6 June, #7 July", ""},
	{"a weekday behind", "on 14 February 2026 (Saturday) and May 1, Friday, they met", "Sat:2026-02-14 Fri:--05-01"},
	{"a month of the next sentence", "It ended on January 5. April was cold. It opens at 9. March was warm.", "--01-05"},
	{"a weekday of the next sentence", "It ended on February 14. Saturday was quiet.", "--02-14"},
	{"a range by dash", "On 13–14 February 2026, a meeting was held", "~2026-02-13 ~2026-02-14"},
	{"a dateline in lower case", "Harbour, march 31 - text", "--03-31"},
	{"a careless month", "updated feb 14, may 3, 2026", "--02-14 2026-05-03"},
	{"a range by word", "from 13 to 14 February 2026", "~2026-02-13 ~2026-02-14"},
	{"a range over the end of a month", "The forum ran from 28 February to 1 March 2026", "~2026-02-28 ~2026-03-01"},
	{"a range over the end of a year", "from 28 December to 2 January 2026", "~2025-12-28 ~2026-01-02"},
	{"a range, month first", "Feb. 13-14, 2026, and February 28 - March 1, 2026", "~2026-02-13 ~2026-02-14 ~2026-02-28 ~2026-03-01"},
	{"two days", "on May 3 and 4, 2026", "~2026-05-03 ~2026-05-04"},
	{"neighbours", "Jan 5 Feb 6\nMar 7", "--01-05 --02-06 --03-07"},
	{"a month and its year", "It was in March 2025, not February 2024.", "2025-03 2024-02"},
	{"a date over a line end", "The council met on February\n14, 2026, in town", "2026-02-14"},
	{"a date over an empty line", "The council met in February\n\n14 people came", ""},
	{"the database form", "made on 26-FEB-1987 and 13-NOV-87", "1987-02-26 1987-11-13"},
	{"the log form", "[14/Feb/2026:10:15:00 +0000] GET", "2026-02-14T10:15:00Z"},
	{"year, month, day", "2026 February 14 and 2026-Feb-14", "2026-02-14 2026-02-14"},

	// Numbers
	{"ISO", "2026-02-14 and 2026-02-14T10:15:00+04:00, 2026/02/14", "2026-02-14 2026-02-14T10:15:00+04:00 2026-02-14"},
	{"full stops", "14.02.2026, 4.2.2026 und 2026.02.14.", "2026-02-14 2026-02-04 2026-02-14"},
	{"told apart", "25/12/2026 12/25/2026 05/05/2026 14-02-2026", "2026-12-25 2026-12-25 2026-05-05 2026-02-14"},
	{"full-width signs", "２０２６／２／１４ ２０２６．２．１４ ２０２６－０２－１４", "2026-02-14 2026-02-14 2026-02-14"},
	{"ends of numbers", "14.02.2026г., 2026-02-14_x, 14.02.2026%, 14.02.2026-x, (2026-02-14), 2026-02-14T", "2026-02-14 2026-02-14"},
	{"a range with stops", "13.-14.2.2026 und 28.2.–1.3.2026", "~2026-02-13 ~2026-02-14 ~2026-02-28 ~2026-03-01"},

	// Times
	{"a stamp", "03.07.2025 14:20", "2025-07-03T14:20:00"},
	{"a stamp with an offset", "3 July 2025 14:20 (UTC+04:00)", "2025-07-03T14:20:00+04:00"},
	{"a time before", "14:20 03.07.2025", "2025-07-03T14:20:00"},
	{"a time before, set apart", "14:20 - 03.07.2025, 14:20 | 4 July 2025, 14:20 on 5 July", "2025-07-03T14:20:00 2025-07-04T14:20:00 --07-05T14:20:00"},
	{"an embargo", "embargoed until 8:30 a.m. (ET) Friday, September 4, 2026", "Fri:2026-09-04T08:30:00-04:00"},
	{"winter in New York", "at 2 p.m. ET on January 5, 2026", "2026-01-05T14:00:00-05:00"},
	{"the clocks change in March", "March 8, 2026, 1:59 a.m. ET; March 8, 2026, 3:00 a.m. ET", "2026-03-08T01:59:00-05:00 2026-03-08T03:00:00-04:00"},
	{"the clocks change in November", "November 1, 2026, 1:00 a.m. PT; November 2, 2026, 1:00 a.m. PT", "2026-11-01T01:00:00-07:00 2026-11-02T01:00:00-08:00"},
	{"noon and midnight", "May 3, 2026, 12:00 p.m.; May 4, 2026, 12:00 AM", "2026-05-03T12:00:00 2026-05-04T00:00:00"},
	{"military", "Feb 14, 2026 0423GMT", "2026-02-14T04:23:00Z"},
	{"Moscow time", "14 февраля 2026 г., 14:20 МСК", "2026-02-14T14:20:00+03:00"},
	{"date-time groups", "212322 GMT Nov 18, 131137Z NOV 2013, 312322 GMT, 212322 May 1", "2018-11-21T23:22:00Z 2013-11-13T11:37:00Z --05-01"},
	{"a span of time", "February 14, 2026, 10:00-12:00", "2026-02-14T10:00:00"},
	{"no such hour", "February 14, 2026, 25:00", "2026-02-14"},
	{"a score", "On May 3 10.30 metres were enough", "--05-03"},

	// German
	{"German", "Am Samstag, den 14. Februar 2026, 14.20 Uhr, und am 1. März", "Sat:2026-02-14T14:20:00 --03-01"},
	{"German, short", "Berlin, 5. Okt. 2025 - Text. Wien, 3. Jänner", "2025-10-05 --01-03"},
	{"German ranges", "vom 3. bis 5. März 2026, 13./14. Februar, 28. Februar bis 1. März", "~2026-03-03 ~2026-03-05 ~--02-13 ~--02-14 ~--02-28 ~--03-01"},
	// French
	{"French", "Paris, 21 jan 2019 (Agence) - le samedi 14 février 2026 à 10h30", "2019-01-21 Sat:2026-02-14T10:30:00"},
	{"French ordinals and ranges", "le 1er avril, du 3 au 5 mars 2026, du 28 février au 1er mars", "--04-01 ~2026-03-03 ~2026-03-05 ~--02-28 ~--03-01"},
	{"French, short", "PEKIN, 10 août. 27 juil. 2024, 3 déc 2025", "--08-10 2024-07-27 2025-12-03"},
	// Spanish
	{"Portuguese ordinals", "1.º de maio de 2026, 1º de junho", "2026-05-01 --06-01"},
	{"Spanish", "domingo, 14 de febrero de 2026 a las 10:30; 14 de febrero del 2026", "Sun:2026-02-14T10:30:00 2026-02-14"},
	{"Spanish, the time before", "a las 10:30 del 14 de febrero de 2026", "2026-02-14T10:30:00"},
	{"Spanish datelines", "Nueva Villa, 21 ene (AGE).- Texto", "--01-21"},
	{"Spanish May", "Nueva Villa, 3 may (AGE).- Texto", "--05-03"},
	{"Spanish August", "Villa, 18 ago (Agencia) -- Texto", "--08-18"},
	{"Spanish range", "del 3 al 5 de marzo de 2026", "~2026-03-03 ~2026-03-05"},
	// Italian
	{"Italian", "ROMA, 11 LUG - sabato 14 febbraio 2026, 1º maggio 2026", "--07-11 Sat:2026-02-14 2026-05-01"},
	{"Italian, month first, no year", "(AGENZIA) - ROMA, LUG 11 - testo", "--07-11"},
	{"Italian, month first", "VILLA, AGO 3, 2025 - testo", "2025-08-03"},
	// Portuguese
	{"Portuguese", "Vila, 12 jul (AGE).- Texto; 1º de março de 2026; 14 set 2025", "--07-12 2026-03-01 2025-09-14"},
	// Dutch and the North
	{"Dutch", "zaterdag 14 februari 2026, 3 mrt 2026, 5 mei", "Sat:2026-02-14 2026-03-03 --05-05"},
	{"Swedish", "lördag 14 februari 2026 kl. 14.20, den 1 maj", "Sat:2026-02-14T14:20:00 --05-01"},
	{"Danish", "lørdag den 14. februar 2026, 3. okt. 2025", "Sat:2026-02-14 2025-10-03"},
	{"Norwegian", "torsdag 5. mars 2026, 17. desember", "Thu:2026-03-05 --12-17"},
	{"Finnish", "lauantaina 14. helmikuuta 2026 klo 14.20 ja 3.–5. maaliskuuta", "Sat:2026-02-14T14:20:00 ~--03-03 ~--03-05"},
	{"Indonesian", "Sabtu, 14 Februari 2026, 3 Mei", "Sat:2026-02-14 --05-03"},
	// Central Europe
	{"Polish", "w sobotę, 14 lutego 2026 r., 3 maja, 5 paź 2025", "Sat:2026-02-14 --05-03 2025-10-05"},
	{"Czech", "v sobotu 14. února 2026, 3. září, od 3. do 5. března 2026", "Sat:2026-02-14 --09-03 ~2026-03-03 ~2026-03-05"},
	{"Slovak", "14. februára 2026, 1. mája", "2026-02-14 --05-01"},
	{"Hungarian", "2026. február 14. és 2026. 02. 14.", "2026-02-14 2026-02-14"},
	{"Romanian", "sâmbătă, 14 februarie 2026, 3 mai", "Sat:2026-02-14 --05-03"},
	// Turkish, Greek
	{"Turkish", "14 Şubat 2026 Cumartesi, 3 Ağustos, 5 EYLÜL 2025, 7 KASIM", "Sat:2026-02-14 --08-03 2025-09-05 --11-07"},
	{"Greek", "Σάββατο, 14 Φεβρουαρίου 2026, 3 Μαΐου", "Sat:2026-02-14 --05-03"},
	// Cyrillic
	{"Russian", "МОСКВА, 22 января. /АГЕН/. В субботу, 14 февраля 2026 года, 27 сен", "--01-22 Sat:2026-02-14 --09-27"},
	{"Russian ordinals", "14-го февраля 2026, 1-е мая", "2026-02-14 --05-01"},
	{"Russian ranges", "с 3 по 5 марта 2026 года, с 28 февраля по 1 марта", "~2026-03-03 ~2026-03-05 ~--02-28 ~--03-01"},
	{"Ukrainian", "14 лютого 2026 року, 3 травня, 5 січ. 2025", "2026-02-14 --05-03 2025-01-05"},
	{"Bulgarian", "14 февруари 2026 г., 3 май", "2026-02-14 --05-03"},
	// Arabic and Hebrew
	{"Arabic beside Hijri", "المدينة 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م وكالة", "2015-08-10"},
	{"Hijri alone", "25 شوال 1436 هـ، 1436/10/25 هـ، 25/10/1436", ""},
	{"Arabic digits", "١٤ فبراير ٢٠٢٦ و٣ أيار", "2026-02-14 --05-03"},
	{"Levantine names", "14 شباط/فبراير 2026، 3 كانون الثاني 2025، ٥ تشرين الأول", "2026-02-14 2025-01-03 --10-05"},
	{"Maghreb names", "14 فيفري 2026، 3 غشت 2025", "2026-02-14 2025-08-03"},
	{"Hebrew", "14 בפברואר 2026, 3 במאי", "2026-02-14 --05-03"},
	// East Asia
	{"Chinese", "新华社北京8月29日电 2026年2月14日，星期六", "--08-29 Sat:2026-02-14"},
	{"Chinese, full width", "１０月２２日，２０２６年２月１４日", "--10-22 2026-02-14"},
	{"Chinese characters", "二〇二六年二月十四日，十二月三十一日，五月二十日", "2026-02-14 --12-31 --05-20"},
	{"Chinese ranges", "2026年2月13日至15日，2月28日至3月1日，3月3-5日", "~2026-02-13 ~2026-02-15 ~--02-28 ~--03-01 ~--03-03 ~--03-05"},
	{"Chinese ranges, backwards", "2026年2月15日至13日，2月30日", "2026-02-15"},
	{"Chinese times", "2026年2月14日上午10时30分，2月14日 14:20", "2026-02-14T10:30:00 --02-14T14:20:00"},
	{"Japanese", "2026年2月14日（土）午後2時20分、令和8年2月14日、平成元年1月8日", "Sat:2026-02-14T14:20:00 2026-02-14 1989-01-08"},
	{"Taiwan", "民國115年2月14日", "2026-02-14"},
	{"Korean", "2026년 2월 14일(토) 오후 2시 20분, 3월 5일, 2026. 2. 14.", "Sat:2026-02-14T14:20:00 --03-05 2026-02-14"},
	{"a year and a month", "2026年2月，２０２５年１２月", "2026-02 2025-12"},

	// No dates
	{"words that look like months", "They march on, and may 3 times: 14 set out, 12 out of 20, 3 ago they came.", ""},
	{"months before an amount", "en mars 3 000 personnes, im Mai 20 Menschen, im April 3 Prozent, marca 3 goles", ""},
	{"a French article", "12 des 27 pays, des 2024 votants", ""},
	{"a planet", "the Mars 2020 rover, OTT 2025", ""},
	{"months alone", "In March and in May, the second of June", ""},
	{"no such day", "2026-02-30, 31 September, February 30, 31.11.2026, 29 February 2025", ""},
	{"February 29", "29 February, 29 February 2024", "--02-29 2024-02-29"},
	{"amounts", "1,200 mln dlrs; in March 3.5 pct, in May 3 pct, in June 3,000 people, $14 March", ""},
	{"no blank before", "Tuesday,14 February 2026; see.3 May", "Tue:2026-02-14 --05-03"},
	{"a dateline before a number", "HARBOUR, March 19 - 26 weeks ended Dec 28", "--03-19 --12-28"},
	{"a range set apart", "from June 8 - 10, March 19 - 26, 2026", "~--06-08 ~--06-10 ~2026-03-19 ~2026-03-26"},
	{"a message's id", "26APR199312432440@host, 14feb2026", "2026-02-14"},
	{"part of a name", "jan_feb 14, in May 3ab, in May 3b", ""},
	{"two digits and a number", "14 Feb 26 10 people, 14 Feb 26 1000", "--02-14 --02-14"},
	{"two separators", "13.-14/2/2026", ""},
	{"the last minute", "2026-02-14 23:59:60", "2026-02-14T23:59:60"},
	{"marks of direction", "14\u200f فبراير\u200e 2026, \u061c3\u200e مايو", "2026-02-14 --05-03"},
	{"a result before a month", "won 12-3 March, 12:30 May, 1.5 June, 1,5 July", ""},
	{"results", "beat them in March 3-1, in May 30-15", ""},
	{"versions", "version 1.2.2024, v1.2.2024, v. 1.2.2024, 1.2.2024.5, 10.1.2.2024", ""},
	{"cannot be told apart", "3/4/2026, 04-03-2026", ""},
	{"telephones and books", "+1 555-12-2026, 020-12-2024, ISBN 978-3-16-148410-0, 12-34-5678", ""},
	{"times and prices", "at 10.30, for 12.05 or 1.02.3", ""},
	{"years alone", "in 2026 and 1987, the year 2000", ""},
	{"two digits", "14.02.26, 02-10-16, 14 Feb 26", "--02-14"},
	{"counting in Chinese", "3个月，一月，十分，2月", ""},
}

func TestFind(t *testing.T) {
	for _, tt := range findTests {
		if got := describeAll(date.Find(tt.in)); got != tt.want {
			t.Errorf("%s: Find(%q)\n got %s\nwant %s", tt.name, tt.in, got, tt.want)
		}
	}
}

// A text may break off anywhere, even within a character.
func TestFindInTornText(t *testing.T) {
	for _, tt := range findTests {
		for end := range len(tt.in) {
			s := tt.in[:end]
			for _, d := range date.Find(s) {
				if d.Start < 0 || d.End > len(s) || d.Start >= d.End {
					t.Fatalf("Find(%q) = %+v", s, d)
				}
			}
			date.Parse(s)
			date.InName(s)
			date.Find(tt.in[end:])
		}
	}
}

// What Find takes of a text is nothing but the date.
func TestFindExtent(t *testing.T) {
	tests := []struct{ in, want string }{
		{"HARBOUR, Dec. 9 (Agency) - x", "Dec. 9"},
		{"on Saturday, 14 February 2026, at 10:15 GMT, they", "Saturday, 14 February 2026, at 10:15 GMT"},
		{"(14.02.2026)", "14.02.2026"},
		{"14 февраля 2026 года", "14 февраля 2026"},
		{"新华社8月29日电", "8月29日"},
		{"from Feb. 13-14, 2026.", "Feb. 13|14, 2026"},
		{"July 20th to the 29th", "July 20th|29th"},
		{"du 28 février au 1er mars 2026 à", "28 février|1er mars 2026"},
		{"2026年2月13日至15日", "2026年2月13日|15日"},
		{"2026. 02. 14. és", "2026. 02. 14."},
		{"2026.02.14. és", "2026.02.14"},
		{"13.-14.2.2026", "13.|14.2.2026"},
		{"a 14.02.2026. and", "14.02.2026"},
		{"14 شباط (فبراير 2026", "14 شباط (فبراير 2026"},
		{"14 شباط/فبراير) 2026", "14 شباط/فبراير"},
		{"14 فِبْرايِر 2026", "14 فِبْرايِر 2026"},
		{"14 شباط (فبراير) 2026 م", "14 شباط (فبراير) 2026"},
	}
	for _, tt := range tests {
		var got []string
		for _, d := range date.Find(tt.in) {
			got = append(got, tt.in[d.Start:d.End])
		}
		if got := strings.Join(got, "|"); got != tt.want {
			t.Errorf("Find(%q) takes %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestGrammar(t *testing.T) {
	tests := []struct {
		grammar  date.Grammar
		in, want string
	}{
		{date.Grammar{Order: date.DayMonth}, "3/4/2026 04-03-2026", "2026-04-03 2026-03-04"},
		{date.Grammar{Order: date.MonthDay}, "3/4/2026 04-03-2026", "2026-03-04 2026-04-03"},
		{date.Grammar{Order: date.MonthDay}, "25/12/2026 3.4.2026", "2026-12-25 2026-04-03"},
		{date.Grammar{Order: date.DayMonth, ShortYears: true}, "14.02.26, 3/4/87, 14 Feb 26", "2026-02-14 1987-04-03 2026-02-14"},
		{date.Grammar{Order: date.MonthDay, ShortYears: true}, "02-10-16", "2016-02-10"},
	}
	for _, tt := range tests {
		if got := describeAll(tt.grammar.Find(tt.in)); got != tt.want {
			t.Errorf("%+v.Find(%q) = %s, want %s", tt.grammar, tt.in, got, tt.want)
		}
	}
}

func TestPrefix(t *testing.T) {
	tests := []struct{ in, want, rest string }{
		{"Feb 14 (Agency) - Text", "--02-14", " (Agency) - Text"},
		{" 14 février -", "--02-14", " -"},
		{"8月29日电", "--08-29", "电"},
		{"Feb. 13-14, 2026 (Agency)", "~2026-02-14", " (Agency)"},
		{"July 3, 2025, BAKU", "2025-07-03", ", BAKU"},
		{"14:20 03.07.2025 text", "2025-07-03T14:20:00", " text"},
		{"Saturday, February 14. Text", "Sat:--02-14", ". Text"},
		{"HARBOUR, Feb 14 -", "", ""},
		{"14 people", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		var got, rest string
		if d, ok := date.Prefix(tt.in); ok {
			got, rest = describe(d), tt.in[d.End:]
		}
		if got != tt.want || rest != tt.rest {
			t.Errorf("Prefix(%q) = %q and %q, want %q and %q", tt.in, got, rest, tt.want, tt.rest)
		}
	}
}

func TestParse(t *testing.T) {
	tests := []struct{ in, want string }{
		{"2026-02-14", "2026-02-14"},
		{" 2026-02-14\n", "2026-02-14"},
		{"2026-02-14T10:15:00Z", "2026-02-14T10:15:00Z"},
		{"2026-02-14t10:15:00.123456z", "2026-02-14T10:15:00Z"},
		{"2026-02-14T10:15-05:00", "2026-02-14T10:15:00-05:00"},
		{"2026-02-14T10:15+04", "2026-02-14T10:15:00+04:00"},
		{"2026-02-14 10:15:00 +0400", "2026-02-14T10:15:00+04:00"},
		{"2026-02-14 10:15:00 -0330", "2026-02-14T10:15:00-03:30"},
		{"2026-02-14 10:15:00.5 +0000 UTC m=+0.013", "2026-02-14T10:15:00Z"},
		{"Sat, 14 Feb 2026 10:15:00 +0400 (MSK)", "Sat:2026-02-14T10:15:00+04:00"},
		{"Saturday, 14-Feb-26 10:15:00 GMT", "Sat:2026-02-14T10:15:00Z"},
		{"19 Apr 93 18:46:05 GMT", "1993-04-19T18:46:05Z"},
		{"Sat Feb 14 10:15:00 2026", "Sat:2026-02-14T10:15:00"},
		{"Sat Feb 14 10:15:00 MST 2026", "Sat:2026-02-14T10:15:00-07:00"},
		{"Sat Feb 14 10:15:00 2026 +0400", "Sat:2026-02-14T10:15:00+04:00"},
		{"Sat Feb 14 2026 10:00:00 GMT+0400 (Armenia Standard Time)", "Sat:2026-02-14T10:00:00+04:00"},
		{"2026-02", "2026-02"},
		{"2026-W07-6", "2026-02-14"},
		{"2026-W01-1", "2025-12-29"},
		{"2020-W53-7", "2021-01-03"},
		{"2026-045", "2026-02-14"},
		{"2024-366", "2024-12-31"},
		{"20260214", "2026-02-14"},
		{"20260214T101500Z", "2026-02-14T10:15:00Z"},
		{"20260214101500", "2026-02-14T10:15:00"},
		{"14.02.2026 14:20", "2026-02-14T14:20:00"},
		{"July 3, 2025", "2025-07-03"},
		{"2/14/2026, 10:15:00 AM", "2026-02-14T10:15:00"},
		{"14 февраля 2026 г.", "2026-02-14"},
		{"2026年2月14日 10:15", "2026-02-14T10:15:00"},
		{"Sat Feb 14 2026 10:00:00 GMT+0400 (Armenia", ""},
		{"Sat Feb 14 2026 10:00:00 GMT+0400 (14 people)", ""},
		{"2026-02-14 10:15 +05:59", "2026-02-14T10:15:00+05:59"},
		{"2026-02-14 10:15 +05:60", ""},
		{"14 March", "--03-14"},
		{"", ""},
		{"2026", ""},
		{"1772000000", ""},
		{"2026-13-01", ""},
		{"2026-02-30", ""},
		{"2025-366", ""},
		{"2026-W54-1", ""},
		{"2026-W53-7x", ""},
		{"20261301", ""},
		{"20260214T2515", ""},
		{"3/4/2026", ""},
		{"on 2026-02-14", ""},
		{"2026-02-14 or so", ""},
		{"tomorrow", ""},
	}
	for _, tt := range tests {
		var got string
		if d, ok := date.Parse(tt.in); ok {
			got = describe(d)
		}
		if got != tt.want {
			t.Errorf("Parse(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Each usual layout is read as what it renders.
func TestParseLayouts(t *testing.T) {
	moment := time.Date(2026, time.February, 4, 14, 5, 9, 0, time.FixedZone("", 4*3600))
	for _, layout := range []string{
		time.RFC3339, time.RFC3339Nano, time.RFC1123Z, time.RFC822Z, time.RubyDate,
		"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05Z07:00", "2 January 2006 15:04:05 -0700", "January 2, 2006, 3:04:05 PM -07:00",
		"02/Jan/2006:15:04:05 -0700", "20060102T150405-0700", "Mon, 2 Jan 2006 15:04:05 -0700", "2006-01-02T15:04:05,000-07:00",
	} {
		s := moment.Format(layout)
		d, ok := date.Parse(s)
		want := moment
		if !strings.Contains(layout, "05") && layout != time.RFC3339Nano {
			want = moment.Truncate(time.Minute)
		}
		if !ok || !d.Clock || !d.Zone || !d.Time().Equal(want) || !d.WeekdayFits() {
			t.Errorf("Parse(%q) = %v, %v, want %v (layout %q)", s, d, ok, want, layout)
		}
	}
	local := time.Date(2026, time.February, 4, 14, 5, 9, 0, time.UTC)
	for _, layout := range []string{
		time.ANSIC, time.UnixDate, time.RFC1123, time.RFC850, time.DateTime, time.DateOnly,
		"2006-01-02", "2006/01/02", "2006.01.02", "02.01.2006", "2.1.2006", "2006年1月2日", "2006년 1월 2일",
		"2 January 2006", "2 Jan 2006", "Jan 2, 2006", "Jan. 2, 2006", "January 2 2006", "Monday, January 2, 2006", "Mon 2 Jan 2006",
		"2-Jan-2006", "02-Jan-06", "2006-Jan-02", "20060102", "2006-002", "2006-01-02 15:04", "2006-01-02T15:04", "Jan 2, 2006 3:04 PM",
	} {
		s := local.Format(layout)
		d, ok := date.Parse(s)
		if y, m, day := local.Date(); !ok || d.Year != y || d.Month != m || d.Day != day || !d.WeekdayFits() {
			t.Errorf("Parse(%q) = %v, %v, want %v (layout %q)", s, d, ok, local, layout)
		}
		if d.Clock && (d.Hour != 14 || d.Minute != 5) {
			t.Errorf("Parse(%q) = %v, want the time 14:05 (layout %q)", s, d, layout)
		}
	}
}

func TestOrderOf(t *testing.T) {
	for lang, want := range map[string]date.Order{
		"": date.Unknown, "en": date.Unknown, "en-CA": date.Unknown, "en-US": date.MonthDay, "en_us": date.MonthDay, "en-PH": date.MonthDay,
		"en-GB": date.DayMonth, "en-IN": date.DayMonth, "fr": date.DayMonth, "pt-BR": date.DayMonth, "de-AT": date.DayMonth, "zh": date.Unknown,
	} {
		if got := date.OrderOf(lang); got != want {
			t.Errorf("OrderOf(%q) = %d, want %d", lang, got, want)
		}
	}
}

func TestDateMethods(t *testing.T) {
	full := date.Date{Year: 2026, Month: 2, Day: 14, Weekday: 6, Clock: true, Hour: 1, Zone: true, Offset: 4 * 3600}
	if got, want := full.Time(), time.Date(2026, 2, 13, 21, 0, 0, 0, time.UTC); !got.Equal(want) || !full.Full() || !full.WeekdayFits() {
		t.Errorf("%v: Time() = %v, want %v; Full() = %v, WeekdayFits() = %v", full, got, want, full.Full(), full.WeekdayFits())
	}
	full.Year = 2025
	if full.WeekdayFits() {
		t.Errorf("%v was no Saturday", full)
	}
	if d := (date.Date{Month: 2, Day: 14, Weekday: 6}); d.Full() || !d.WeekdayFits() {
		t.Errorf("%v: Full() = %v, WeekdayFits() = %v, want false, true", d, d.Full(), d.WeekdayFits())
	}
}

func ExampleFind() {
	for _, d := range date.Find("HARBOUR, Feb 14 (Agency) - The fair of 13–14 February 2026 is over.") {
		fmt.Println(d)
	}
	// Output:
	// --02-14
	// 2026-02-13
	// 2026-02-14
}

func ExampleParse() {
	d, ok := date.Parse("Sat, 14 Feb 2026 10:15:00 +0400")
	fmt.Println(d, ok)
	// Output: 2026-02-14T10:15:00+04:00 true
}

func ExampleInName() {
	d, ok := date.InName("notes/2026-02-14-title.md")
	fmt.Println(d, ok)
	// Output: 2026-02-14 true
}
