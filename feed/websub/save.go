package websub

import (
	"context"
	"time"
)

// unsaved is what the store does not know yet. It belongs to who holds the lock
// of the hub.
type unsaved struct {
	keys map[Key]struct{} // of subscriptions
	ask  []*request
	done []int64
}

// flush brings the store up to date. Changes that came together are saved
// together. After an error they wait for the next time, but for new requests:
// who made them is told.
func (h *Hub) flush(ctx context.Context) error {
	h.saving.Lock()
	defer h.saving.Unlock()
	changes, asked := h.takeUnsaved()
	if changes.Empty() {
		return nil
	}
	err := h.store.SaveSubscriptions(ctx, changes)
	for _, q := range asked {
		q.saved <- err
	}
	if err != nil {
		h.putBack(changes)
	}
	return err
}

func (h *Hub) takeUnsaved() (c Changes, asked []*request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for key := range h.unsaved.keys {
		if s := h.subs[key]; s != nil {
			c.Put = append(c.Put, s.Subscription)
		} else {
			c.Drop = append(c.Drop, key)
		}
	}
	clear(h.unsaved.keys)
	asked, h.unsaved.ask = h.unsaved.ask, nil
	for _, q := range asked {
		c.Ask = append(c.Ask, q.Request)
	}
	c.Done, h.unsaved.done = h.unsaved.done, nil
	return c, asked
}

func (h *Hub) putBack(c Changes) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range c.Put {
		h.unsaved.keys[s.Key] = struct{}{}
	}
	for _, key := range c.Drop {
		h.unsaved.keys[key] = struct{}{}
	}
	h.unsaved.done = append(h.unsaved.done, c.Done...)
}

// keep saves what there is to save, until ctx ends.
func (h *Hub) keep(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.save:
		}
		if err := h.flush(ctx); err != nil && ctx.Err() == nil {
			h.o.Log.Error("hub: subscriptions can not be saved", "error", err)
			time.AfterFunc(saveAgain, func() { signal(h.save) })
		}
	}
}
