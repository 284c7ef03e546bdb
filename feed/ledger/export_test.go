package ledger_test

import (
	"bytes"
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
		if n, err := other.Import(t.Context(), strings.NewReader(text)); n != 3 || err != nil {
			t.Fatalf("%d entries, %v", n, err)
		}
		if again := export(t, other, subscriptions); again != text {
			t.Errorf("exported again:\n%s\nwant:\n%s", again, text)
		}
		if got, _, err := other.ByID(t.Context(), rec.ID); got.Title != rec.Title || !got.Updated.Equal(rec.Updated) || err != nil {
			t.Errorf("record %+v, %v", got, err)
		}
		if _, err := other.Import(t.Context(), strings.NewReader(text)); !errors.Is(err, ledger.ErrNotEmpty) {
			t.Errorf("imported twice: %v", err)
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
		{"another version", `{"ledger":1000}`, "line 1: exported by a seedfeed of version 1000 of the ledger, and this one has "},
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
