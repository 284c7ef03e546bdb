package extract

import (
	"strings"
	"unicode"

	"seedfeed/feed/extract/date"
)

// A stamp is a line in the head of a document that tells when it was published:
// "Published: 3 July 2025 14:20 (UTC+04:00)", "03.07.2025 14:20", "May 13 2021",
// "DATELINE March 29, 2006". It holds a full date and no other news.
type stamp struct {
	date    date.Date
	words   string
	updated bool   // it tells the last change, not the publication
	embargo bool   // it tells when the text may be published
	rest    string // what the line says besides: a byline
}

// maxStamp is the longest line, in characters, that is a stamp.
const maxStamp = 140

// readStamp reads a line as a stamp.
func readStamp(line string) (stamp, bool) {
	if longer(line, maxStamp) {
		return stamp{}, false
	}
	if strings.IndexFunc(line, unicode.IsDigit) < 0 {
		return stamp{}, false
	}
	s := stamp{words: line}
	var rest strings.Builder
	end, label := 0, ""
	for _, d := range (date.Grammar{}).Find(line) {
		between := line[end:d.Start]
		rest.WriteString(between)
		rest.WriteByte(' ')
		if l := strings.ToLower(between); strings.ContainsFunc(l, unicode.IsLetter) {
			label = l
		}
		s.take(d, label)
		end = d.End
	}
	rest.WriteString(line[end:])
	if !s.date.Full() {
		return stamp{}, false
	}
	if s.rest = besidesLabels(rest.String()); s.rest != "" && !isByline(s.rest) {
		return stamp{}, false
	}
	return s, true
}

// take keeps a date: the first, unless it only tells the last change and another
// one tells the publication.
func (s *stamp) take(d date.Date, label string) {
	updated := labelsUpdate(label)
	if !d.Full() || s.date.Full() && (!s.updated || updated) {
		return
	}
	s.date, s.updated = d, updated
	s.embargo = strings.Contains(label, "embargo") || strings.Contains(label, "not before") || strings.Contains(label, "sperrfrist") || strings.Contains(label, "hold for")
}

// labelsUpdate reports whether the words before a date, in small letters, say that
// it is the date of a change.
func labelsUpdate(label string) bool {
	for _, w := range [...]string{"updat", "modif", "revised", "aktualisiert", "mis à jour", "actualiza", "atualiza", "aggiornat", "bijgewerkt", "uppdaterad", "обновл", "更新", "last edit", "last change"} {
		if strings.Contains(label, w) {
			return true
		}
	}
	return false
}

// besidesLabels returns what a line says besides dates and the words that label
// them, or "".
func besidesLabels(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("|:;,()[]*•·/—–-.#_~>", r)
	})
	first := -1
	for i, w := range words {
		if !isStampWord(strings.ToLower(w)) {
			first = i
			break
		}
	}
	if first < 0 {
		return ""
	}
	last := len(words) - 1
	for last > first && isStampWord(strings.ToLower(words[last])) {
		last--
	}
	if first > 0 && strings.EqualFold(words[first-1], "by") {
		first--
	}
	return strings.Join(words[first:last+1], " ")
}

// isStampWord reports whether a word belongs to the label of a date, or to the
// time that stands with it.
func isStampWord(w string) bool {
	switch w {
	case "published", "publish", "posted", "date", "dated", "dateline", "on", "at", "by", "updated", "update", "last", "modified", "release", "released", "for", "immediate",
		"embargoed", "until", "till", "under", "embargo", "strictly", "not", "before", "transmission", "is", "the", "of", "in", "this", "material", "created", "issued", "first", "time", "local", "hours", "hrs",
		"utc", "gmt", "et", "est", "edt", "pst", "pdt", "bst", "cet", "cest", "msk", "a", "m", "p", "am", "pm", "a.m", "p.m", "revised", "date/time", "edited", "hold",
		"veröffentlicht", "erstellt", "stand", "uhr", "aktualisiert", "datum", "den", "um", "vom", "sperrfrist", "bis",
		"publié", "publiée", "paru", "le", "à", "mis", "mise", "jour", "h", "heures",
		"fecha", "publicado", "publicada", "el", "las", "actualizado", "actualizada", "em", "às", "atualizado", "data", "de", "del", "a las",
		"pubblicato", "il", "alle", "ore", "aggiornato", "gepubliceerd", "op", "om", "uur", "bijgewerkt", "publicerad", "uppdaterad", "kl", "klo", "publisert", "oppdatert", "offentliggjort",
		"опубликовано", "обновлено", "дата", "публикации", "в", "мск", "г", "года", "от",
		"نشر", "في", "بتاريخ", "تاريخ", "النشر", "الساعة", "هـ", "م", "الموافق",
		"发布时间", "发布", "时间", "日期", "更新", "更新时间", "發布", "公開", "公開日", "更新日", "配信", "入力", "등록", "수정", "입력":
		return true
	}
	return strings.Trim(w, "0123456789:+") == "" && len(w) <= 8 && strings.ContainsAny(w, ":+") || len(w) <= 2 && strings.Trim(w, "0123456789") == ""
}

// A runningHead is the byline and the stamps of a page that were copied into one
// paragraph with its story: "By . Jane Doe . PUBLISHED: . 14:11 EST, 25 October
// 2013 . | . UPDATED: . 15:36 EST, 25 October 2013 . The ...". The lone full stops
// tell it from the story's own words.
type runningHead struct {
	byline string
	stamp  stamp // without a date when there is none
	end    int   // where the story begins
}

// readRunningHead reads the running head of a paragraph.
func readRunningHead(line string) (runningHead, bool) {
	const reach = 300
	var h runningHead
	if !strings.HasPrefix(line, "By . ") {
		return h, false
	}
	head := firstWords(line, reach)
	name, _, ok := strings.Cut(head[len("By . "):], " . ")
	if !ok || len(name) > 60 {
		return h, false
	}
	h.byline = "By " + name
	h.end = len("By . ") + len(name) + len(" . ")
	if d, ok := firstDate(head[h.end:]); ok {
		label := strings.ToLower(head[h.end : h.end+d.Start])
		published := strings.Contains(label, "published:")
		if len(label) < 40 && (published || labelsUpdate(label)) {
			h.stamp = stamp{date: d, updated: !published, words: strings.TrimSpace(head[h.end : h.end+d.End])}
			h.end += d.End
			h.end += runningUpdate(head[h.end:])
		}
	}
	h.end += len(line[h.end:]) - len(strings.TrimLeft(line[h.end:], " .|"))
	return h, h.end < len(line)
}

// runningUpdate returns the length of the stamp for the last change that may
// follow the one for the publication.
func runningUpdate(s string) int {
	if d, ok := firstDate(s); ok && d.Start < 60 && labelsUpdate(strings.ToLower(s[:d.Start])) {
		return d.End
	}
	return 0
}

// firstDate returns the first date of a text, if it is a full one.
func firstDate(s string) (date.Date, bool) {
	if all := date.Find(s); len(all) > 0 && all[0].Full() {
		return all[0], true
	}
	return date.Date{}, false
}
