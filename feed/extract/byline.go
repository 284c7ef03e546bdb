package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed"
	"seedfeed/feed/extract/text"
)

// isByline reports whether a line tells who wrote the story, and no more.
func isByline(line string) bool {
	rest, label := cutByline(line)
	if !label || rest == "" || utf8.RuneCountInString(rest) > 110 {
		return false
	}
	return len(bylineNames(rest)) > 0
}

// cutByline cuts off the words that open a byline.
func cutByline(line string) (rest string, ok bool) {
	line = strings.TrimSpace(line)
	for _, label := range [...]string{
		"By ", "BY ", "by ", "By: ", "By. ", "Reported by ", "Written by ", "Story by ", "Words by ", "Author: ", "Reporter: ", "Writer: ", "Byline: ",
		"Von ", "VON ", "Autor: ", "Autorin: ", "Par ", "PAR ", "Auteur : ", "Auteur: ", "Por ", "POR ", "Autora: ", "Di ", "Autore: ", "Door ", "Av ", "Af ",
		"Tekst: ", "Text: ", "Автор: ", "Текст: ", "Автор текста: ", "記者", "记者 ", "文／", "文/", "文 | ", "撰文：", "作者：", "كتب: ", "كتبت: ", "بقلم: ", "بقلم ",
	} {
		if rest, ok := strings.CutPrefix(line, label); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// bylineNames returns the names in a byline without its opening words, or none
// when something there is no name: "Von der Leyen gewinnt" is a headline.
func bylineNames(rest string) []string {
	rest = strings.TrimSpace(strings.TrimRight(rest, " =<."))
	rest, _, _ = strings.Cut(rest, " | ")
	var names []string
	for _, part := range splitNames(rest) {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case isAgency(part) || isTitleOfWriter(part):
			if len(names) == 0 {
				names = append(names, part)
			}
		case isPersonName(part):
			names = append(names, nameCase(part))
		default:
			return nil
		}
	}
	return names
}

// splitNames splits a list of names: "A and B", "A, B and C", "A und B".
func splitNames(s string) []string {
	for _, and := range [...]string{" and ", " AND ", " und ", " et ", " y ", " e ", " og ", " och ", " en ", " и ", " & ", "; ", "、", " و"} {
		s = strings.ReplaceAll(s, and, ",")
	}
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
}

// isPersonName reports whether a text could be a person's name: two to five
// words with capitals, small words only between them.
func isPersonName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 6 || utf8.RuneCountInString(s) > 50 {
		return false
	}
	capitals := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r), unicode.IsLetter(r) && !unicode.IsLower(r):
			capitals++
		case isNameParticle(w):
		default:
			return false
		}
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsDigit(r) || r == '?' || r == '!' || r == ':' || r == '"' }) {
			return false
		}
	}
	return capitals >= 2 || capitals == 1 && len(words) == 1 && !unicode.IsUpper(firstRune(s))
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// isNameParticle reports whether a small word may be part of a name.
func isNameParticle(w string) bool {
	switch w {
	case "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la", "le", "van", "von", "der", "den", "ten", "ter", "zu", "zur", "el", "al", "bin",
		"ben", "ibn", "y", "e", "af", "av", "d'", "dpa", "mc":
		return true
	}
	return strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "el-") || strings.HasPrefix(w, "d'") || strings.HasPrefix(w, "d’")
}

// isTitleOfWriter reports whether a part of a byline names a function.
func isTitleOfWriter(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "staff", "staff writer", "staff reporter", "correspondent", "dpa correspondents", "special correspondent", "associated press", "the associated press",
		"ap writer", "associated press writer", "press association", "editor", "political editor", "science editor", "news desk", "newsdesk", "afp", "agencies",
		"news agencies", "our correspondent", "special to the times":
		return true
	}
	return strings.HasSuffix(s, " Writer") || strings.HasSuffix(s, " Correspondent") || strings.HasSuffix(s, " Editor") || strings.HasSuffix(s, " Staff") || strings.HasSuffix(s, " Reporter")
}

// isCityByline reports whether a line below a headline is a city and, after a
// colon, an author or an agency, as Arabic papers have it: "الدمام: ميرزا
// الخويلدي". In scripts with capitals a colon means too many things.
func isCityByline(line string) bool {
	city, name, ok := strings.Cut(line, ": ")
	return ok && utf8.RuneCountInString(line) <= 60 && unicode.Is(unicode.Arabic, firstRune(city)) && wordCount(city) <= 3 && wordCount(name) <= 3 && !endsSentence(line)
}

// nameCase returns a name in capitals with capital initials: wires write "By PAUL
// BYRNE".
func nameCase(name string) string {
	if !isCapitals(name) {
		return name
	}
	var b strings.Builder
	start := true
	for _, r := range name {
		if start {
			b.WriteRune(unicode.ToUpper(r))
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r) && !unicode.IsMark(r)
	}
	return b.String()
}

// authors answers who wrote the document.
func authors(s *source, st *story, e *feed.Entry) {
	for _, v := range s.stated {
		if v.ask != askAuthor || hasAuthor(e.Authors, v.value) {
			continue
		}
		if e.From.Authors.Source != "" && e.From.Authors.Source != v.source {
			continue // two lists of the same people in different words
		}
		e.Authors = append(e.Authors, feed.Person{Name: v.value, Email: v.email, URI: v.uri})
		e.From.Authors = feed.Evidence{Source: v.source, Words: joinWords(e.From.Authors.Words, v.value)}
	}
	if len(e.Authors) > 0 {
		return
	}
	for _, line := range st.bylines {
		st.readByline(line, e)
	}
	if len(e.Authors) == 0 {
		st.reporters(e)
	}
}

func joinWords(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

func hasAuthor(people []feed.Person, name string) bool {
	for _, p := range people {
		if strings.EqualFold(p.Name, name) {
			return true
		}
	}
	return false
}

// readByline takes the people and the agency from a byline.
func (st *story) readByline(line string, e *feed.Entry) {
	evidence := feed.Evidence{Source: "byline", Words: text.OneLine(line)}
	if isCityByline(line) {
		city, name, _ := strings.Cut(text.OneLine(line), ": ")
		city = strings.TrimSpace(city)
		if e.Place == "" {
			e.Place, e.From.Place = city, evidence
		}
		if isAgency(name) || strings.HasPrefix(name, "«") {
			if e.Agency == "" {
				e.Agency, e.From.Agency = strings.Trim(name, "«» "), evidence
			}
			return
		}
		e.Authors, e.From.Authors = append(e.Authors, feed.Person{Name: name}), evidence
		return
	}
	rest, _ := cutByline(line)
	for _, part := range splitNames(strings.TrimRight(rest, " =<.")) {
		if name, ok := knownAgency(strings.TrimSpace(part)); ok && e.Agency == "" {
			e.Agency, e.From.Agency = name, evidence
		}
	}
	for _, name := range bylineNames(rest) {
		if isAgency(name) || isTitleOfWriter(name) || hasAuthor(e.Authors, name) {
			continue
		}
		e.Authors, e.From.Authors = append(e.Authors, feed.Person{Name: name}), evidence
	}
}

// reporters reads the credits that stand below a story or behind its dateline:
// "(Reporting by Tom Perry; Editing by ...)", "（记者罗沙）".
func (st *story) reporters(e *feed.Entry) {
	if _, rest, ok := strings.Cut(st.dateline.words, "（记者"); ok {
		names, _, _ := strings.Cut(rest, "）")
		for _, name := range strings.FieldsFunc(names, func(r rune) bool { return r == '、' || r == ' ' || r == ',' || r == '，' }) {
			e.Authors = append(e.Authors, feed.Person{Name: name})
		}
		e.From.Authors = feed.Evidence{Source: "dateline", Words: st.dateline.words}
		return
	}
	for i := len(st.blocks) - 1; i >= max(st.lead, len(st.blocks)-6); i-- {
		rest, ok := strings.CutPrefix(st.blocks[i].text, "(Reporting by ")
		if !ok {
			continue
		}
		names, _, _ := strings.Cut(strings.TrimSuffix(rest, ")"), ";")
		names, _, _ = strings.Cut(names, ", editing")
		names, _, _ = strings.Cut(names, " in ")
		for _, name := range splitNames(names) {
			if name = strings.TrimSpace(name); isPersonName(name) {
				e.Authors = append(e.Authors, feed.Person{Name: name})
			}
		}
		if len(e.Authors) > 0 {
			e.From.Authors = feed.Evidence{Source: "credit below the story", Words: st.blocks[i].text}
		}
		return
	}
}
