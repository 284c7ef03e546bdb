package publish

import (
	"cmp"
	"context"
	"encoding/json"
	"html"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// announced is how many events are asked for the feed of corrections: some of
// them may not be shown any more.
const announced = 200

// changeOf tells how the text of an entry has changed. Of an entry that was out of
// the feeds' reach the old text is not known.
func (r *run) changeOf(ctx context.Context, tx *ledger.Tx, before, after ledger.Record, entry *feed.Entry) (change, error) {
	c := change{Unknown: true}
	var known *feed.Entry
	digest, data, ok, err := tx.Snapshot(ctx, before.ID)
	if err != nil {
		return c, err
	}
	if ok && digest == before.Digest {
		var old feed.Entry
		if err := json.Unmarshal(data, &old); err == nil {
			c, known = compareEntries(&old, entry), &old
		}
	}
	c.Reason = stated(known, entry)
	if before.Title != after.Title {
		c.Title = before.Title
	}
	return c, nil
}

// listCorrections finds what the feed of corrections tells, and adds its channel.
// It begins with the first correction: until then it would offer nothing to those
// who look at the site. An entry that is held now is not spoken of, and no text
// is shown of one that is not public.
func (r *run) listCorrections(ctx context.Context) error {
	events, err := r.Ledger.Announced(ctx, announced)
	if err != nil {
		return err
	}
	began, err := r.correctionsBegan(ctx, len(events) > 0)
	if err != nil || !began {
		return err
	}
	w := r.correctionWords()
	var last time.Time
	if len(events) > 0 {
		last = events[0].When
	}
	for _, e := range events {
		if len(r.corrected) == r.settings.entries("") {
			break
		}
		record, known, err := r.Ledger.ByID(ctx, e.ID)
		if err != nil {
			return err
		}
		if !known || !tellable(e, record) {
			continue
		}
		hidden, err := r.heldSince(ctx, e, record)
		if err != nil {
			return err
		}
		told := r.correction(e, record, w)
		// What happens twice in one second is told once.
		same := func(c feed.Entry) bool { return c.ID == told.ID }
		if !hidden && !slices.ContainsFunc(r.corrected, same) {
			r.corrected = append(r.corrected, told)
		}
	}
	r.channels = append(r.channels, channel{
		kind: corrections, heading: w.Heading, live: len(r.corrected), changed: last,
	})
	return nil
}

// correctionsBegan reports whether there is a feed of corrections. One that stands
// in out/ stays when the ledger that it came from is lost: it has subscribers.
func (r *run) correctionsBegan(ctx context.Context, told bool) (bool, error) {
	began, err := r.Ledger.Meta(ctx, metaCorrections)
	if err != nil || began != "" || !told && !r.inOut(inDir(correctionsDir, "rss.xml")) {
		return began != "", err
	}
	if err := r.begin(ctx); err != nil {
		return false, err
	}
	r.touch("")
	return true, r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(metaCorrections, "yes") })
}

// tellable reports whether an event may be told, now that its entry is as the
// record says.
func tellable(e ledger.Event, record ledger.Record) bool {
	switch e.Kind {
	case ledger.Edited, ledger.Restored, ledger.Returned:
		return record.Status == feed.Live
	}
	return record.Status != feed.Held
}

// heldSince reports whether an entry that is not public was held at some time
// after an event: then it went as a draft, and what it was before stays untold.
func (r *run) heldSince(ctx context.Context, e ledger.Event, record ledger.Record) (bool, error) {
	if record.Status == feed.Live {
		return false, nil
	}
	events, err := r.Ledger.Events(ctx, e.ID)
	for _, later := range slices.Backward(events) {
		if later.Public && later.Kind == e.Kind && later.When.Equal(e.When) {
			return false, err
		}
		if later.Kind == ledger.Held {
			return true, err
		}
	}
	return false, err
}

// correction makes an entry of an event. Nothing of it changes afterwards.
func (r *run) correction(e ledger.Event, record ledger.Record, w correctionWords) feed.Entry {
	id := feed.NewID(e.ID, "correction "+string(e.Kind)+" "+e.When.UTC().Format(time.RFC3339))
	anchor := strings.TrimPrefix(id, "urn:uuid:")
	entry := feed.Entry{
		ID:        id,
		URL:       dirURL(r.BaseURL, correctionsDir) + "#" + anchor,
		Published: feed.Instant(e.When.UTC()), Updated: feed.Instant(e.When.UTC()),
		Authors:  []feed.Person{{Name: r.siteTitle()}}, // of the correction: some readers show a gap where there is none
		Language: w.Language,
		Status:   feed.Live,
	}
	var c change
	_ = json.Unmarshal(e.Change, &c) // what is not kept any more is not told
	reason := e.Why
	lead := map[ledger.EventKind]string{
		ledger.Edited: w.Corrected, ledger.Withdrawn: w.Withdrawn, ledger.Gone: w.Deleted, ledger.Replaced: w.Deleted,
		ledger.Restored: w.Restored, ledger.Returned: w.Restored,
	}[e.Kind]
	entry.Title = lead + ": " + e.Title
	var b strings.Builder
	if e.Kind != ledger.Edited {
		entry.Summary = cmp.Or(w.reason(e.Kind, reason), lead+": "+e.Title)
		b.WriteString("<p>" + html.EscapeString(entry.Summary) + "</p>")
	} else {
		entry.Summary = cmp.Or(c.Reason, c.summary(w))
		writeChange(&b, c, e.Title, w)
	}
	if record.Status == feed.Live {
		b.WriteString(`<p><a href="` + html.EscapeString(absolute(r.BaseURL, record.Address)) + `">` + html.EscapeString(w.Read) + "</a></p>")
	}
	entry.Content = b.String()
	return entry
}

// reason is why an entry was taken away or is back, as far as that is for
// subscribers: what the ledger says of files is not.
func (w correctionWords) reason(kind ledger.EventKind, why string) string {
	if kind == ledger.Withdrawn && why != "" {
		return w.Why + ": " + why
	}
	return ""
}

// summary is what has changed, in a sentence.
func (c change) summary(w correctionWords) string {
	switch {
	case c.Title != "":
		return w.TitleBefore + ": " + c.Title
	case len(c.Passages) > 0 || c.More || c.Unknown:
		return w.Text
	}
	return w.Links
}

// writeChange writes what has changed as HTML. The marks are told in words too:
// not every reader shows them.
func writeChange(b *strings.Builder, c change, title string, w correctionWords) {
	if c.Reason != "" {
		b.WriteString("<p>" + html.EscapeString(w.Why+": "+c.Reason) + "</p>")
	}
	if c.Title != "" {
		p := comparePassage(c.Title, title)
		writePassage(b, w.TitleBefore, p.Before, "del")
		writePassage(b, w.TitleNow, p.After, "ins")
	}
	for _, p := range c.Passages {
		switch {
		case p.Before == nil:
			writePassage(b, w.Added, p.After, "ins")
		case p.After == nil:
			writePassage(b, w.Removed, p.Before, "del")
		default:
			writePassage(b, w.Before, p.Before, "del")
			writePassage(b, w.Now, p.After, "ins")
		}
	}
	switch {
	case c.More:
		b.WriteString("<p>" + html.EscapeString(w.More) + "</p>")
	case len(c.Passages) == 0 && c.Title == "" && c.Reason == "":
		b.WriteString("<p>" + html.EscapeString(c.summary(w)) + "</p>")
	}
}

// writePassage writes a paragraph with the words in it that have changed.
func writePassage(b *strings.Builder, lead string, spans []span, mark string) {
	b.WriteString("<p><strong>" + html.EscapeString(lead) + ":</strong> ")
	for _, s := range spans {
		text := html.EscapeString(s.Text)
		if s.Changed {
			trimmed := strings.TrimRight(text, " ")
			text = "<" + mark + ">" + trimmed + "</" + mark + ">" + text[len(trimmed):]
		}
		b.WriteString(text)
	}
	b.WriteString("</p>")
}

// correctionWords are the words of the feed of corrections in a language.
type correctionWords struct {
	Language                                string
	Heading, About                          string
	Corrected, Withdrawn, Deleted, Restored string
	Why, Before, Now, Added, Removed        string
	TitleBefore, TitleNow, More, Read       string
	Text, Links                             string
}

// correctionWords returns the words in the language of the site, or in English.
func (r *run) correctionWords() correctionWords {
	base, _ := language.Make(r.settings.language("")).Base()
	for _, w := range correctionLanguages {
		if w.Language == base.String() {
			return w
		}
	}
	return correctionLanguages[0]
}

var correctionLanguages = [...]correctionWords{
	{
		"en", "Corrections", "What was changed, withdrawn or deleted after it was published, and why",
		"Changed", "Withdrawn", "Deleted", "Published again", "Why", "Before", "Now", "Added", "Removed",
		"Title before", "Title now", "More has changed than is shown here.", "Read the text as it is now",
		"The text has changed.", "Only links or pictures have changed.",
	},
	{
		"de", "Korrekturen", "Was nach der Veröffentlichung geändert, zurückgezogen oder gelöscht wurde, und warum",
		"Geändert", "Zurückgezogen", "Gelöscht", "Wieder veröffentlicht", "Grund", "Vorher", "Jetzt", "Neu", "Entfernt",
		"Titel vorher", "Titel jetzt", "Es hat sich mehr geändert, als hier steht.", "Zum Text, wie er jetzt ist",
		"Der Text wurde geändert.", "Nur Links oder Bilder wurden geändert.",
	},
	{
		"fr", "Corrections", "Ce qui a été modifié, retiré ou supprimé après publication, et pourquoi",
		"Modifié", "Retiré", "Supprimé", "Publié de nouveau", "Raison", "Avant", "Maintenant", "Ajouté", "Enlevé",
		"Titre avant", "Titre maintenant", "D’autres passages ont changé.", "Lire le texte actuel",
		"Le texte a été modifié.", "Seuls des liens ou des images ont changé.",
	},
	{
		"es", "Correcciones", "Lo que se cambió, retiró o borró después de publicarse, y por qué",
		"Cambiado", "Retirado", "Borrado", "Publicado de nuevo", "Motivo", "Antes", "Ahora", "Añadido", "Quitado",
		"Título anterior", "Título actual", "Han cambiado más pasajes.", "Leer el texto actual",
		"El texto ha cambiado.", "Solo han cambiado enlaces o imágenes.",
	},
	{
		"ru", "Исправления", "Что было изменено, отозвано или удалено после публикации и почему",
		"Изменено", "Отозвано", "Удалено", "Опубликовано снова", "Причина", "Было", "Стало", "Добавлено", "Удалено",
		"Заголовок до", "Заголовок теперь", "Изменено больше, чем показано здесь.", "Читать текст в нынешнем виде",
		"Текст изменён.", "Изменены только ссылки или изображения.",
	},
}
