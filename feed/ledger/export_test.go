package ledger_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/internal/push"
	"seedfeed/feed/ledger"
)

func export(t *testing.T, l *ledger.Ledger, subscriptions bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := l.Export(t.Context(), &b, subscriptions); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExportAndImport(t *testing.T) {
	l := newLedger(t)
	rec := record("news/a.txt", 0)
	put(t, l, rec, held("draft.txt", 1), gone(record("gone.txt", 2), 3))
	update(t, l, func(tx *ledger.Tx) error {
		return errors.Join(
			tx.PutLists(rec.ID, listsOf(1, 3)),
			tx.PutSnapshot(rec.ID, rec.Digest, []byte("<p>text</p>")),
			tx.SetMeta("key", "\"value\"\n"),
			tx.PutEvent(ledger.Event{ID: rec.ID, When: monday.Add(time.Hour), Kind: ledger.Edited, Change: []byte("how")}),
		)
	})
	subscription := push.Subscription{Key: push.Key{Topic: "https://t.example/", Callback: "https://c.example/"}, Secret: "hush\xff", Expires: monday}
	if err := l.SaveSubscriptions(t.Context(), push.Changes{Put: []push.Subscription{subscription}}); err != nil {
		t.Fatal(err)
	}
	text := export(t, l, false)
	if strings.Contains(text, "c.example") {
		t.Error("subscriptions are exported, and nobody asked for them")
	}
	for _, subscriptions := range []bool{false, true} {
		text := export(t, l, subscriptions)
		other := newLedger(t)
		if done, err := other.Import(t.Context(), strings.NewReader(text)); done != (ledger.Imported{Entries: 3}) || err != nil {
			t.Fatalf("%+v, %v", done, err)
		}
		if again := export(t, other, subscriptions); again != text {
			t.Errorf("exported again:\n%s\nwant:\n%s", again, text)
		}
		if got, _, err := other.ByID(t.Context(), rec.ID); got.Title != rec.Title || !got.Updated.Equal(rec.Updated) || err != nil {
			t.Errorf("record %+v, %v", got, err)
		}
		if done, err := other.Import(t.Context(), strings.NewReader(text)); done != (ledger.Imported{Known: 3}) || err != nil {
			t.Errorf("imported twice: %+v, %v", done, err)
		}
		if again := export(t, other, subscriptions); again != text {
			t.Errorf("what was imported twice is exported as\n%s\nwant:\n%s", again, text)
		}
	}
}

// An export of the first version of the ledger, which knew less, is brought up to date.
func TestImportOfAnOlderVersion(t *testing.T) {
	source := newLedger(t)
	rec := record("news/a.txt", 0)
	put(t, source, rec, gone(record("gone.txt", 2), 3))
	old := []string{`{"ledger":1}`}
	for text := range strings.Lines(export(t, source, false)) {
		var l struct {
			Table string         `json:"table"`
			Row   map[string]any `json:"row"`
		}
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		switch l.Table {
		case "entry":
			delete(l.Row, "number")
			delete(l.Row, "sketch")
		case "section":
		default:
			continue
		}
		line, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		old = append(old, string(line))
	}
	for _, filled := range []bool{false, true} {
		l, want := newLedger(t), 1
		if filled {
			put(t, l, record("other.txt", 1))
			want = 2
		}
		if done, err := l.Import(t.Context(), strings.NewReader(strings.Join(old, "\n"))); done.Entries != 2 || err != nil {
			t.Fatalf("filled %t: %+v, %v", filled, done, err)
		}
		months, err := l.Months(t.Context())
		if err != nil || len(months) != 1 || months[0].Live != want {
			t.Errorf("filled %t: months %+v, %v", filled, months, err)
		}
		if got, _, err := l.ByID(t.Context(), rec.ID); got.Title != rec.Title || !got.Published.Equal(rec.Published) || err != nil {
			t.Errorf("filled %t: record %+v, %v", filled, got, err)
		}
	}
}

// Entries of another site come to those that are here, with all that is known of them;
// subscribers are told nothing of what happened to them there.
func TestImportBesideOthers(t *testing.T) {
	source := newLedger(t)
	rec := record("news/a.txt", 0)
	put(t, source, rec, record("news/b.txt", 1))
	update(t, source, func(tx *ledger.Tx) error {
		return errors.Join(
			tx.PutLists(rec.ID, listsOf(1, 3)),
			tx.PutSnapshot(rec.ID, rec.Digest, []byte("<p>text</p>")),
			tx.PutVersion(ledger.Version{ID: rec.ID, Rank: 4, Title: 7}),
			tx.PutEvent(ledger.Event{ID: rec.ID, When: monday.Add(time.Hour), Kind: ledger.Edited, Change: []byte("how")}),
			tx.SetMeta("key", "value"),
		)
	})
	text := export(t, source, true)
	l := newLedger(t)
	put(t, l, record("sport/c.txt", 2))
	if done, err := l.Import(t.Context(), strings.NewReader(text)); done != (ledger.Imported{Entries: 2}) || err != nil {
		t.Fatalf("%+v, %v", done, err)
	}
	got, _, err := l.ByID(t.Context(), rec.ID)
	if err != nil || got.Title != rec.Title || !got.Pending || !got.ModTime.IsZero() {
		t.Errorf("record %+v, %v", got, err)
	}
	sections, err := l.Sections(t.Context())
	if err != nil || len(sections) != 2 || sections[0].Live != 2 || sections[1].Live != 1 {
		t.Errorf("sections %+v, %v", sections, err)
	}
	lists, err := l.ListsOf(t.Context(), rec.ID)
	if err != nil || len(lists) != 3 {
		t.Errorf("lists %+v, %v", lists, err)
	}
	if _, data, ok, err := l.Snapshot(t.Context(), rec.ID); !ok || string(data) != "<p>text</p>" || err != nil {
		t.Errorf("snapshot %q, %v", data, err)
	}
	if v, ok, err := l.VersionOf(t.Context(), rec.ID); !ok || v.Rank != 4 || err != nil {
		t.Errorf("version %+v, %v", v, err)
	}
	events, err := l.Events(t.Context(), rec.ID)
	if err != nil || len(events) != 2 || events[1].Kind != ledger.Edited || events[1].Public {
		t.Errorf("events %+v, %v", events, err)
	}
	if value, err := l.Meta(t.Context(), "key"); value != "" || err != nil {
		t.Errorf("meta %q, %v", value, err)
	}
}

// What is in both and differs is named with what both know, and nothing is imported.
func TestImportOfWhatConflicts(t *testing.T) {
	here := record("news/a.txt", 0)
	for _, tt := range []struct {
		name   string
		change func(*ledger.Record)
		want   string
	}{
		{"the id", func(r *ledger.Record) { r.Path, r.Title = "news/moved.txt", "Moved" }, "1 of its entries do not fit those that are here, so nothing is imported: the id " + here.ID + " is news/a.txt (live, published 2026-03-02, updated "},
		{"the path", func(r *ledger.Record) { r.ID, r.Address = "urn:x:other", "entries/2026/03/other.html" }, "the path news/a.txt is that of " + here.ID + " here, and of urn:x:other there"},
		{"the address", func(r *ledger.Record) { r.ID, r.Path = "urn:x:other", "news/other.txt" }, "the address " + here.Address + " is that of " + here.ID + " here, and of urn:x:other there"},
	} {
		l, source := newLedger(t), newLedger(t)
		put(t, l, here)
		before := export(t, l, true)
		there := here
		tt.change(&there)
		put(t, source, record("a.txt", 0), there)
		done, err := l.Import(t.Context(), strings.NewReader(export(t, source, false)))
		var conflict *ledger.ConflictError
		if !errors.As(err, &conflict) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %+v, error %v, want %s", tt.name, done, err, tt.want)
		}
		if after := export(t, l, true); after != before {
			t.Errorf("%s: it leaves\n%s", tt.name, after)
		}
	}
}

// What is no export leaves nothing behind, and the error names the line.
func TestImportRefuses(t *testing.T) {
	source := newLedger(t)
	put(t, source, record("a.txt", 0))
	text := export(t, source, false)
	first, second, _ := strings.Cut(text, "\n")
	entry, _, _ := strings.Cut(second, "\n")
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "line 1: it is empty, and no export of a ledger"},
		{"no JSON", "a\n", "line 1: no JSON object of an export: "},
		{"no version", entry, "line 1: no export of a ledger: it does not begin with its version"},
		{"another version", `{"ledger":1000}`, "line 1: exported by a newer seedfeed (version 1000 of the ledger, this one knows "},
		{"another table", text + `{"table":"goose_db_version"}`, `unknown table "goose_db_version"`},
		{"no column", first + "\n" + `{"table":"meta","row":{"key":"k"}}`, `line 2: the row of table "meta" has no "value"`},
		{"a column more", first + "\n\n" + `{"table":"meta","row":{"key":"k","value":"v","x":1}}`, `line 3: the row of table "meta" has 3 values, want 2`},
		{"no value", first + "\n" + `{"table":"meta","row":{"key":"k","value":[]}}`, `line 2: "value" of table "meta": []interface {} is no value of an export`},
		{"a part of a number", first + "\n" + `{"table":"meta","row":{"key":"k","value":1.5}}`, `line 2: "value" of table "meta": `},
		{"twice", text + entry, "UNIQUE constraint failed"},
		{"cut short", text + entry[:40], "no JSON object of an export: unexpected EOF"},
	} {
		l := newLedger(t)
		_, err := l.Import(t.Context(), strings.NewReader(tt.text))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %s", tt.name, err, tt.want)
		}
		if got := export(t, l, true); strings.Count(got, "\n") != 1 {
			t.Errorf("%s: it leaves\n%s", tt.name, got)
		}
	}
}
