package publish

import (
	"context"
	"crypto/sha256"
	"runtime"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// A claim tells to which record a document belongs that does not belong to the
// one at its path, or may not have a new one.
type claim struct {
	digest  [sha256.Size]byte // of the document for which this was found
	id      string            // of the record, or "" for a new one
	from    string            // where the record's document was
	refused string            // why the document is not to be published, or ""
	barred  bool              // the new record is withdrawn from the beginning
	why     string            // for people
}

// A suspect is a document that is new at its path, or is not the one that was
// read there.
type suspect struct {
	work
	digest   [sha256.Size]byte
	own      *ledger.Record // at its path, or nil
	same     *ledger.Record // another record that has its bytes, or nil
	copyOf   string         // where another document with its bytes is, or ""
	barred   bool           // it lies where a document was that is withdrawn
	doubtful bool           // it may hold another story than the record at its path, or not
	back     bool           // it has the bytes of a record whose document was deleted
	holds    verdict        // whether it is the document of the record that is the same
	fresh    bool           // it belongs to no record at its path
}

// A verdict is what was found out about a suspect.
type verdict int

const (
	open verdict = iota
	asking
	yes
	no
)

// A resolver finds out which record each document belongs to, for all documents
// of a run together: two that change places are each other's answer. It keeps a
// digest and a record for each suspect, and no text.
type resolver struct {
	*run
	suspects []*suspect
	at       map[string]*suspect // by path: those whose record was at the path
	taken    map[string]*suspect // by id: which suspect has the bytes of a record
	loose    []ledger.Record     // present before, and without a document now
}

// resolve finds the documents that do not belong to the record at their path.
// Nothing is written: relocate does that, when the brake has let it pass.
func (r *run) resolve(ctx context.Context) error {
	s := resolver{run: r, at: map[string]*suspect{}, taken: map[string]*suspect{}}
	if !s.gather() {
		return nil
	}
	for _, step := range []func(context.Context) error{s.hash, s.recall, s.byBytes, s.settle, s.replaced, s.byText, s.admit} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// gather finds the suspects. There are none if nothing is missing and no known
// document has changed: what is new then is new, or a copy.
func (s *resolver) gather() bool {
	vacant := len(s.missing) > 0
	for _, item := range s.work {
		if !item.known || item.stale {
			s.suspects = append(s.suspects, &suspect{work: item})
			vacant = vacant || item.stale
		}
	}
	return vacant && len(s.suspects) > 0
}

// hash reads the suspects. What can not be read now stays what it is; where it is
// new, it is being written.
func (s *resolver) hash(ctx context.Context) error {
	unread := make([]bool, len(s.suspects))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, sus := range s.suspects {
		group.Go(func() error {
			doc, err := s.seeds.Read(ctx, sus.file)
			if err != nil {
				unread[i] = true
				return ctx.Err()
			}
			sus.digest = sha256.Sum256(doc.Data)
			return ctx.Err()
		})
	}
	err := group.Wait()
	var all []*suspect
	for i, sus := range s.suspects {
		switch {
		case !unread[i]:
			all = append(all, sus)
		case !sus.known:
			s.settling = append(s.settling, sus.file.Path)
		}
	}
	s.suspects = all
	return err
}

// recall finds the records at the paths of suspects. One that has the bytes of its
// record was only touched.
func (s *resolver) recall(ctx context.Context) error {
	var changed []*suspect
	for _, sus := range s.suspects {
		if sus.known {
			record, found, err := s.Ledger.ByPath(ctx, sus.file.Path)
			if err != nil {
				return err
			}
			if found && record.Digest == sus.digest {
				continue
			}
			if found {
				sus.own = &record
				s.at[sus.file.Path] = sus
			}
		}
		sus.fresh = sus.own == nil
		changed = append(changed, sus)
	}
	s.suspects = changed
	return nil
}

// byBytes finds the records that suspects have the bytes of, and whose documents
// are not where they were, or have changed.
func (s *resolver) byBytes(ctx context.Context) error {
	for _, sus := range s.suspects {
		records, err := s.Ledger.ByDigest(ctx, sus.digest)
		if err != nil {
			return err
		}
		for _, record := range records {
			_, missing := s.missing[record.ID]
			switch {
			case record.Status == feed.Gone:
				sus.back = true
			case s.taken[record.ID] != nil:
			case missing || s.at[record.Path] != nil:
				if sus.same == nil {
					sus.same, s.taken[record.ID] = &record, sus
				}
			default:
				sus.copyOf = record.Path
			}
		}
	}
	return nil
}

// settle decides which suspects are the documents of the records that they have
// the bytes of.
func (s *resolver) settle(ctx context.Context) error {
	for _, sus := range s.suspects {
		holds, err := s.holds(ctx, sus)
		switch {
		case err != nil:
			return err
		case !holds:
		case sus.own != nil && sus.own.Status == feed.Withdrawn && !s.follows(ctx, sus.own.ID):
			s.bar(sus)
		default:
			s.claim(sus, *sus.same, "the same bytes")
		}
	}
	return nil
}

// holds reports whether a suspect is the document of the record that it has the
// bytes of. Where another text stands in the place of that record now, it was
// moved here. Where that is an edited form of it, this one is a copy of what it
// was, which somebody keeps.
func (s *resolver) holds(ctx context.Context, sus *suspect) (bool, error) {
	if sus.same == nil {
		return false, nil
	}
	if _, missing := s.missing[sus.same.ID]; missing || sus.holds == asking {
		return true, nil // of those that changed places in a ring, each is moved
	}
	if sus.holds == open {
		sus.holds = asking
		successor := s.at[sus.same.Path]
		moved, err := s.holds(ctx, successor)
		if err == nil && !moved {
			moved, err = s.another(ctx, successor, comparison.notEdited)
		}
		if err != nil {
			return false, err
		}
		sus.holds = no
		if moved {
			sus.holds = yes
		}
	}
	return sus.holds == yes, nil
}

// follows reports whether the document of a record was found at another path.
func (s *resolver) follows(ctx context.Context, id string) bool {
	sus := s.taken[id]
	if sus == nil {
		return false
	}
	holds, err := s.holds(ctx, sus)
	return holds && err == nil
}

// another reports whether a suspect holds another story than the record at its
// path, as a comparison of the two tells, or one that another record has.
func (s *resolver) another(ctx context.Context, sus *suspect, tells func(comparison) bool) (bool, error) {
	if sus.copyOf != "" {
		return true, nil
	}
	rd := s.read(ctx, sus.work)
	if rd.err != nil || rd.digest != sus.digest {
		return false, ctx.Err()
	}
	s.states(&rd)
	return rd.entry.ID == "" && tells(s.compareText(ctx, &rd, *sus.own)), nil
}

// claim gives a record to a suspect.
func (s *resolver) claim(sus *suspect, record ledger.Record, why string) {
	s.claims[sus.file.Path] = claim{digest: sus.digest, id: record.ID, from: record.Path, why: "was " + record.Path + "; " + why}
	s.moved[record.ID] = true
	sus.fresh = false
	delete(s.displaced, record.ID)
}

// refuse notes that a suspect is not to be published.
func (s *resolver) refuse(sus *suspect, reason string) {
	s.claims[sus.file.Path] = claim{digest: sus.digest, refused: reason}
	sus.fresh = false
}

// states notes the id that a document states: its record is not missing.
func (s *resolver) states(rd *reading) {
	if rd.entry.ID == "" {
		return
	}
	if id := iri(s.authority(), rd.entry.ID); s.isMissing(id) {
		s.moved[id] = true
	}
}

// replaced finds the records whose place another document has taken.
func (s *resolver) replaced(ctx context.Context) error {
	for _, sus := range s.suspects {
		c, claimed := s.claims[sus.file.Path]
		switch {
		case sus.own == nil && sus.same != nil && !claimed:
			s.keepsOld(sus)
		case sus.own == nil, claimed && c.refused != "":
		case claimed:
			s.displace(sus, "its file holds another story now")
		case sus.copyOf != "" && sus.own.Status != feed.Withdrawn:
			s.refuse(sus, copyOf(sus.copyOf))
			s.displace(sus, "its file is a copy of "+sus.copyOf+" now")
		case s.moved[sus.own.ID]:
			s.renew(sus, sus.own.Path+" holds another story now")
		default:
			if err := s.reused(ctx, sus); err != nil {
				return err
			}
		}
	}
	return nil
}

// reused ends the record at the path of a suspect that holds another story.
func (s *resolver) reused(ctx context.Context, sus *suspect) error {
	var found comparison
	another, err := s.another(ctx, sus, func(c comparison) bool { found = c; return c.other() })
	switch {
	case !another && found.notEdited():
		sus.doubtful = true // unless an edited form of the story is found elsewhere
		s.loose = append(s.loose, *sus.own)
	case !another:
	case sus.own.Status == feed.Withdrawn:
		s.bar(sus)
	default:
		s.renew(sus, sus.own.Path+" holds another story now")
		s.displace(sus, "its file holds another story now")
	}
	return err
}

// bar refuses a suspect that lies where a document was that is withdrawn. That
// one may still be found elsewhere.
func (s *resolver) bar(sus *suspect) {
	s.refuse(sus, reasonBarred)
	sus.barred = true
	s.loose = append(s.loose, *sus.own)
}

// admit takes the suspects that were barred by a record, or taken for its document,
// which was found elsewhere. They may have been renamed and edited themselves.
func (s *resolver) admit(ctx context.Context) error {
	var late []*suspect
	for _, sus := range s.suspects {
		switch {
		case !sus.barred && !sus.doubtful || !s.moved[sus.own.ID]:
		case sus.copyOf != "":
			s.refuse(sus, copyOf(sus.copyOf))
		case sus.holds == yes || sus.same != nil && s.without(sus.same.ID):
			s.claim(sus, *sus.same, "the same bytes")
		default:
			s.renew(sus, sus.own.Path+" holds another story now")
			late = append(late, sus)
		}
	}
	return s.findByText(ctx, late)
}

// reasonBarred is why a document is not published that lies where one was that is
// withdrawn: it would be published under the name of that, or that forgotten.
const reasonBarred = "lies where a document was that is withdrawn; give it another name"

// keepsOld decides on a new document that has the bytes which another one had
// before it was edited.
func (s *resolver) keepsOld(sus *suspect) {
	if sus.same.Status == feed.Withdrawn {
		why := "holds what " + sus.same.Path + " was before, which is withdrawn"
		s.claims[sus.file.Path] = claim{digest: sus.digest, barred: true, why: why}
		sus.fresh = false
		return
	}
	s.renew(sus, "holds what "+sus.same.Path+" was before")
}

// renew makes a suspect a new entry.
func (s *resolver) renew(sus *suspect, why string) {
	s.claims[sus.file.Path] = claim{digest: sus.digest, why: why}
	sus.fresh = true
}

// displace ends the record at the path of a suspect, unless its document is found
// elsewhere.
func (s *resolver) displace(sus *suspect, reason string) {
	if !s.moved[sus.own.ID] {
		s.displaced[sus.own.ID] = reason
		s.loose = append(s.loose, *sus.own)
	}
}
