//go:build race

package main

// raced tells that the race detector is at work: it takes a program's memory
// many times over.
const raced = true
