// Package push holds what a hub has to remember between two starts, in the words
// of WebSub (W3C Recommendation, 23 January 2018). It is apart so that the hub
// and the ledger, which keeps it, need not know each other.
package push

import "time"

// A Key tells subscriptions apart (section 5.1): another request with both of
// them renews the one that is there.
type Key struct {
	Topic    string // the address of the feed
	Callback string // where the subscriber is told, exactly as it was given
}

// A Subscription is verified, and lasts until Expires.
type Subscription struct {
	Key
	Secret  string // any bytes; "" when deliveries are not signed
	Expires time.Time

	// Delivered is the digest (SHA-256) of the content that the subscriber was
	// told last, and Wanted, of that which it is to be told.
	Delivered, Wanted [32]byte

	Due   time.Time // when the delivery that waits is tried; zero when none waits
	Tries int       // how often in a row it was tried, and failed
}

// A Request is accepted, and not verified yet.
type Request struct {
	Key
	Number int64  // by which requests are answered in their order
	Mode   string // "subscribe" or "unsubscribe"
	Secret string
	Lease  time.Duration // that is granted, in whole seconds
}

// Changes are kept together, or not at all.
type Changes struct {
	Put  []Subscription // new, or in place of that with its key
	Drop []Key          // subscriptions that ended
	Ask  []Request      // new ones
	Done []int64        // numbers of the requests that are answered
}

// Empty reports whether there is nothing to keep.
func (c Changes) Empty() bool {
	return len(c.Put)+len(c.Drop)+len(c.Ask)+len(c.Done) == 0
}
