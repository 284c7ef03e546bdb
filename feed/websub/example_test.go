package websub_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"

	"seedfeed/feed/websub"
)

// A hub with one subscriber, from its request to the first delivery.
func ExampleHub() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	var feed atomic.Pointer[websub.Content]
	feed.Store(&websub.Content{Type: "application/atom+xml", Body: []byte("<feed>old</feed>")})
	hub, err := websub.Open(ctx, newMemory(), websub.Options{
		Hub:      "https://news.example.org/hub",
		Site:     "https://news.example.org/",
		Content:  func(context.Context, string) (websub.Content, error) { return *feed.Load(), nil },
		Loopback: true, // the subscriber is on this machine
		Log:      slog.New(slog.DiscardHandler),
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	asked, told := make(chan string), make(chan string)
	subscriber := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
			asked <- r.URL.Query().Get("hub.mode")
			return
		}
		body, _ := io.ReadAll(r.Body)
		told <- string(body)
	}))
	defer subscriber.Close()

	answer := post(hub, url.Values{
		"hub.mode":     {"subscribe"},
		"hub.topic":    {"https://news.example.org/atom.xml"},
		"hub.callback": {subscriber.URL},
	})
	fmt.Print(answer.Code, " ", answer.Body)

	ended := make(chan error)
	go func() { ended <- hub.Run(ctx) }()
	fmt.Println(<-asked)
	feed.Store(&websub.Content{Type: "application/atom+xml", Body: []byte("<feed>new</feed>")})
	if err := hub.Announce(ctx); err != nil {
		fmt.Println(err)
	}
	fmt.Println(<-told)
	cancel()
	fmt.Println(<-ended)
	// Output:
	// 202 accepted: your callback will be asked to confirm it
	// subscribe
	// <feed>new</feed>
	// <nil>
}
