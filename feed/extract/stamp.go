package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	if utf8.RuneCountInString(line) > maxStamp {
		return readRunningStamp(line)
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

// readRunningStamp reads the byline and stamps of a page that were copied into
// one paragraph with its story: "By . Jane Doe . PUBLISHED: . 14:11 EST, 25
// October 2013 . | . UPDATED: . 15:36 EST, 25 October 2013 . The ...". Only a
// label in capitals with its colon tells them from the story's own words.
func readRunningStamp(line string) (stamp, bool) {
	const reach = 260
	head := firstWords(line, reach)
	at := strings.Index(head, "PUBLISHED:")
	if at < 0 || at > 160 {
		return stamp{}, false
	}
	var s stamp
	end := 0
	for _, d := range (date.Grammar{}).Find(head) {
		if d.Start < at || !d.Full() || end > 0 && !strings.Contains(head[end:d.Start], "UPDATED:") {
			continue
		}
		if end == 0 {
			s.date = d
		}
		end = d.End
	}
	if end == 0 {
		return stamp{}, false
	}
	s.words = strings.TrimSpace(head[:end])
	s.rest = strings.TrimLeft(line[end:], " .|")
	return s, s.rest != ""
}

// runningByline returns the byline before such stamps.
func runningByline(words string) []string {
	names, _, _ := strings.Cut(words, "PUBLISHED:")
	names = strings.NewReplacer(" . ", " ", " .", " ", "  ", " ").Replace(names)
	if names = strings.TrimSpace(strings.TrimRight(names, ". ")); isByline(names) {
		return []string{names}
	}
	return nil
}
