// Package websub tells subscribers of a feed what is new in it, at once: the hub
// of WebSub (W3C Recommendation, 23 January 2018, https://www.w3.org/TR/websub/),
// and the publisher's ping to hubs elsewhere. Section numbers here are those of
// that text.
//
// A [Hub] takes subscriptions to the feeds of one site, asks each callback
// whether it wants them, and sends it the whole feed when its content has
// changed, signed when the subscriber gave a secret.
//
// What it promises:
//
//   - What it has accepted or announced is in its [Store] before it says so, and
//     is done after a restart. A delivery whose success could not be kept, since
//     the process was killed in that instant, is made once more.
//   - A subscriber is told each content once, and of several that came while it
//     could not be reached, only the newest.
//   - A callback that hangs, refuses or redirects delays no other for more than
//     a moment. It is tried again, ever more rarely, until there is something
//     newer or its lease ends.
//   - Memory, connections and the time that anything may take are bounded.
//
// What it never does: it reads nothing but what Options.Content gives, sends
// nothing to an address that is not public, follows no redirect, and reads of an
// answer no more than it has to compare.
package websub
