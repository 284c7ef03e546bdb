package feed

import (
	"crypto/sha1"
	"fmt"
)

// NewID mints the id of what lies at a path below an authority: a
// urn:uuid: IRI of version 5 (RFC 9562, 5.5). The UUID is made from the path in
// the name space of the authority, which in turn is made from the authority in
// the name space DNS, so that any other program can make it too.
//
// The authority is a name that belongs to the publisher ("news.example.org").
// A document's path is relative to the seeds folder; a section's ends in a
// slash, and that of the whole site is "/". Nothing that may change goes in:
// no date, no title, no scheme, no chance.
func NewID(authority, path string) string {
	return "urn:uuid:" + format(uuid5(uuid5(dns, authority), path))
}

// dns is the name space of domain names (RFC 9562, 6.6).
var dns = [16]byte{0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}

// uuid5 returns the name-based UUID of a name in a name space.
func uuid5(space [16]byte, name string) (id [16]byte) {
	sum := sha1.Sum(append(space[:], name...))
	copy(id[:], sum[:])
	id[6] = id[6]&0x0f | 0x50 // version 5
	id[8] = id[8]&0x3f | 0x80 // the variant of RFC 9562
	return id
}

func format(id [16]byte) string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[0:4], id[4:6], id[6:8], id[8:10], id[10:16])
}
