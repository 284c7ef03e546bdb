package websub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	maxPing   = 50       // topics in one ping
	maxReason = 200      // bytes of what a hub has to say
	maxPublic = 16 << 20 // bytes of what an address answers with
	firstLook = 1 * time.Second
	maxLook   = 30 * time.Second
)

// Ping tells a hub elsewhere that topics have changed: a form with hub.mode=publish
// and hub.url for each topic. WebSub leaves the form to the hub (section 6); this
// is what the public hubs take. The hub fetches the topics itself: see [AwaitPublic].
// A nil client means http.DefaultClient; set limits by ctx.
func Ping(ctx context.Context, client *http.Client, hub string, topics ...string) error {
	for len(topics) > 0 {
		n := min(len(topics), maxPing)
		if err := ping(ctx, client, hub, topics[:n]); err != nil {
			return fmt.Errorf("ping hub %q: %w", hub, err)
		}
		topics = topics[n:]
	}
	return nil
}

func ping(ctx context.Context, client *http.Client, hub string, topics []string) error {
	form := url.Values{"hub.mode": {"publish"}, "hub.url": topics}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hub, strings.NewReader(form.Encode()))
	if err != nil {
		return withoutAddress(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := orDefault(client).Do(req)
	if err != nil {
		return withoutAddress(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode/100 == 2 {
		return nil
	}
	// What a hub has to say helps, and when it can not be read, its status does.
	said, _ := io.ReadAll(io.LimitReader(resp.Body, maxReason))
	reason, _, _ := strings.Cut(strings.TrimSpace(string(said)), "\n")
	if reason == "" || !utf8.ValidString(reason) {
		return fmt.Errorf("answered %s", resp.Status)
	}
	return fmt.Errorf("answered %s: %q", resp.Status, reason)
}

// AwaitPublic waits until a topic answers with a content at its public address,
// which a cache in between may delay: a hub that is pinged before would fetch,
// and deliver, the old one. It asks at once, then ever more rarely, up to
// every 30 seconds, and returns an error that tells the last answer when ctx ends.
func AwaitPublic(ctx context.Context, client *http.Client, topic string, body []byte) error {
	wait := firstLook
	for {
		err := isPublic(ctx, client, topic, body)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", topic, errors.Join(err, ctx.Err()))
		case <-time.After(wait):
		}
		wait = min(2*wait, maxLook)
	}
}

func isPublic(ctx context.Context, client *http.Client, topic string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, topic, nil)
	if err != nil {
		return withoutAddress(err)
	}
	resp, err := orDefault(client).Do(req)
	if err != nil {
		return withoutAddress(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("answers %s", resp.Status)
	}
	got, err := io.ReadAll(io.LimitReader(resp.Body, maxPublic))
	if err != nil {
		return err
	}
	if !bytes.Equal(got, body) {
		return errors.New("answers with other content")
	}
	return nil
}

func orDefault(client *http.Client) *http.Client {
	if client == nil {
		return http.DefaultClient
	}
	return client
}
