package publish

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/render"
)

// metaUntold is the key of what hubs elsewhere are still to be told.
const metaUntold = "untold"

// Untold are the feeds that hubs elsewhere are still to be told of, by the
// addresses of the hubs and of the feeds. The number is another one each time that
// a feed gets new bytes.
type Untold map[string]map[string]int64

// Untold returns what runs, also those of other processes, have left to be told.
// It is kept until [Publisher.Told], so that nothing is lost when the program is
// killed between a run and the telling.
func (p *Publisher) Untold(ctx context.Context) (Untold, error) {
	text, err := p.Ledger.Meta(ctx, metaUntold)
	if err != nil {
		return nil, err
	}
	return parseUntold(text)
}

func parseUntold(text string) (Untold, error) {
	untold := Untold{}
	if text == "" {
		return untold, nil
	}
	if err := json.Unmarshal([]byte(text), &untold); err != nil {
		return nil, fmt.Errorf("what hubs are to be told: %w", err)
	}
	return untold, nil
}

// Told takes out what a hub was told: of the feeds, those that have not got new
// bytes since.
func (p *Publisher) Told(ctx context.Context, hub string, topics map[string]int64) error {
	return p.changeUntold(ctx, func(untold Untold) {
		maps.DeleteFunc(untold[hub], func(topic string, number int64) bool { return topics[topic] == number })
		if len(untold[hub]) == 0 {
			delete(untold, hub)
		}
	})
}

func (p *Publisher) changeUntold(ctx context.Context, change func(Untold)) error {
	return p.Ledger.Update(ctx, func(tx *ledger.Tx) error {
		text, err := tx.Meta(ctx, metaUntold)
		if err != nil {
			return err
		}
		untold, err := parseUntold(text)
		if err != nil {
			return err
		}
		change(untold)
		if len(untold) == 0 {
			return tx.SetMeta(metaUntold, "")
		}
		kept, err := json.Marshal(untold)
		if err != nil {
			return err
		}
		return tx.SetMeta(metaUntold, string(kept))
	})
}

// keepUntold adds what this run has to tell. It comes before the note that out/ is
// written: killed between the two, the next run tells of all feeds again.
func (r *run) keepUntold(ctx context.Context) error {
	if len(r.report.Pings) == 0 {
		return nil
	}
	return r.changeUntold(ctx, func(untold Untold) {
		var last int64
		for _, topics := range untold {
			for _, number := range topics {
				last = max(last, number)
			}
		}
		// By the clock, so that a number does not come again when all was told.
		number := max(last+1, r.now.UnixMilli())
		for hub, topics := range r.report.Pings {
			if untold[hub] == nil {
				untold[hub] = map[string]int64{}
			}
			for _, topic := range topics {
				untold[hub][topic] = number
			}
		}
	})
}

// ping notes which hubs elsewhere are to be told of the files of a feed that
// changed: those in which they are named. After a run that did not end these are
// all: nobody knows what it had told.
func (r *run) ping(f feed.Feed, dir string, changed []string) {
	if r.healing {
		changed = nil
		for _, format := range render.Formats() {
			changed = append(changed, inDir(dir, format.File))
		}
	}
	for _, hub := range f.Hubs {
		for _, name := range changed {
			if hub != r.Hub && path.Base(name) != indexFile {
				r.report.tell(hub, absolute(r.BaseURL, name))
			}
		}
	}
}
