package publish

import (
	"context"
	"errors"
	"path"
	"slices"

	"seedfeed/feed/seed"
)

// A glance is what a walk found in a folder of documents, as far as a run needs
// it that does not list the folder again.
type glance struct {
	files   int
	listing [32]byte // see listingOf
	skips   []seed.Skip
	unread  seed.Kinds
	below   []string
	waits   bool // something in it is settling: it must be listed again
}

func glanceAt(dir seed.Dir) glance {
	waits := slices.ContainsFunc(dir.Skips, func(s seed.Skip) bool { return s.Waits })
	return glance{len(dir.Files), listingOf(dir.Files), dir.Skips, dir.Unread, dir.Below, waits}
}

// RunChanged is Run for when it is known in which folders of documents something
// has changed: it lists only these, and takes the others to be as the run before
// has seen them. Where there was none, or folders have come or gone, it is Run.
func (p *Publisher) RunChanged(ctx context.Context, folders []string) (Report, error) {
	only := map[string]bool{}
	for _, folder := range folders {
		only[folder] = true
	}
	return p.run(ctx, only)
}

// errLookAround ends a walk of the changed folders: all must be looked at.
var errLookAround = errors.New("folders have come or gone")

// look visits the folders of documents: all of them, or, where it is known which
// have changed, those alone are listed. For the others visit gets a Dir that has
// only its path.
func (r *run) look(ctx context.Context, visit func(seed.Dir, glance) error) error {
	if r.only != nil {
		return r.lookInto(ctx, "", visit)
	}
	glances := map[string]glance{}
	r.glances = nil // until all are seen
	err := r.seeds.Walk(ctx, func(dir seed.Dir) error {
		g := glanceAt(dir)
		if dir.Err == nil {
			glances[dir.Path] = g
		}
		return visit(dir, g)
	})
	if err == nil {
		r.glances = glances
	}
	return err
}

// lookInto visits a folder and those below it.
func (r *run) lookInto(ctx context.Context, folder string, visit func(seed.Dir, glance) error) error {
	g, known := r.glances[folder]
	if !known {
		return errLookAround
	}
	dir := seed.Dir{Path: folder}
	if r.only[folder] || g.waits {
		var err error
		if dir, err = r.seeds.List(ctx, folder); err != nil || !slices.Equal(dir.Below, g.below) {
			return errors.Join(errLookAround, ctx.Err())
		}
		g = glanceAt(dir)
		r.glances[folder] = g
	}
	if err := visit(dir, g); err != nil {
		return err
	}
	for _, name := range g.below {
		if err := r.lookInto(ctx, path.Join(folder, name), visit); err != nil {
			return err
		}
	}
	return nil
}
