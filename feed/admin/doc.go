// Package admin is the operator's side of a server: a status page for people,
// metrics for Prometheus, health and readiness for whoever starts and stops
// programs, and the profiles of net/http/pprof.
//
// It shows what it is given, and changes nothing: there is no request that makes a
// run, approves or withdraws. It is meant for this machine, or for a network of
// the house, and has no password: the page shows titles of what is held back.
// What a web page elsewhere could do by a browser that can reach it is refused:
// names that are not of this machine, requests from other sites, frames. No page
// needs a script or asks for anything elsewhere. It never counts by what a client
// sent, so that the number of metrics is bounded by the site.
package admin
