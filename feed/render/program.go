package render

import (
	"bytes"
	"errors"
	"html/template"
	"reflect"
	"text/template/parse"
)

// A program is a template that was made into functions for data of one type.
// html/template looks up each field by its name and calls each escaper by
// reflection, for every value of every page: on a page that was most of the work.
//
// The template stays what defines the page. A program is made of the tree that
// html/template has escaped, it does what that tree says, and where a template
// uses anything that is not known here there is no program: see [compile]. Tests
// hold it to the bytes of html/template.
type program func(*printer) error

// run makes a page of data, which is a pointer to a value of the type that the
// program is for.
func (do program) run(data any) ([]byte, error) {
	p := &printer{root: reflect.ValueOf(data).Elem()}
	p.dot = p.root
	p.text.Grow(8 << 10)
	err := do(p)
	return p.text.Bytes(), err
}

// A printer is a page that is being made.
type printer struct {
	text bytes.Buffer
	root reflect.Value   // $
	dot  reflect.Value   // .
	vars []reflect.Value // of ranges, the outermost first
}

// errUnlike ends a program whose data is not as it expects. html/template has the
// better words for what is wrong.
var errUnlike = errors.New("the data is not as the program expects it")

// errUnknown says that a template uses what no program can.
var errUnknown = errors.New("unknown to programs")

// compile returns the program of a template for data of a type. It fails with
// errUnknown where the template uses something else than text, fields, the variables
// of a range, if, with, range and template, with the escapers of known types.
func compile(t *template.Template, data reflect.Type) (program, error) {
	c := &compiler{set: t, open: map[called]bool{}}
	return c.template(t.Name(), data)
}

// A compiler makes programs of the templates of a set.
type compiler struct {
	set  *template.Template
	open map[called]bool // that are being made: a template that calls itself has no end here
}

type called struct {
	name string
	data reflect.Type
}

// A place is a position in a template: what the types of its data are.
type place struct {
	root, dot reflect.Type
	vars      []variable
}

type variable struct {
	name string
	typ  reflect.Type
}

func (c *compiler) template(name string, data reflect.Type) (program, error) {
	t := c.set.Lookup(name)
	call := called{name, data}
	if t == nil || t.Tree == nil || c.open[call] {
		return nil, errUnknown
	}
	c.open[call] = true
	defer delete(c.open, call)
	return c.list(t.Tree.Root, place{root: data, dot: data})
}

func (c *compiler) list(list *parse.ListNode, at place) (program, error) {
	if list == nil {
		return func(*printer) error { return nil }, nil
	}
	var steps []program
	for _, node := range list.Nodes {
		step, err := c.node(node, at)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return func(p *printer) error {
		for _, step := range steps {
			if err := step(p); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

func (c *compiler) node(node parse.Node, at place) (program, error) {
	switch n := node.(type) {
	case *parse.TextNode:
		text := bytes.Clone(n.Text)
		return func(p *printer) error { p.text.Write(text); return nil }, nil
	case *parse.CommentNode:
		return func(*printer) error { return nil }, nil
	case *parse.ActionNode:
		return c.action(n, at)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, at)
	case *parse.WithNode:
		return c.with(n, at)
	case *parse.RangeNode:
		return c.loop(n, at)
	case *parse.TemplateNode:
		return c.call(n, at)
	}
	return nil, errUnknown
}

// action writes a value, as its escapers make it.
func (c *compiler) action(n *parse.ActionNode, at place) (program, error) {
	if len(n.Pipe.Decl) > 0 {
		return nil, errUnknown
	}
	var names []string
	for _, cmd := range n.Pipe.Cmds[1:] {
		name, ok := cmd.Args[0].(*parse.IdentifierNode)
		if !ok || len(cmd.Args) > 1 {
			return nil, errUnknown
		}
		names = append(names, name.Ident)
	}
	from, err := valueOf(n.Pipe.Cmds[0], at)
	if err != nil {
		return nil, err
	}
	write, err := writerOf(from.typ, names)
	if err != nil {
		return nil, err
	}
	return func(p *printer) error {
		v, err := from.get(p)
		if err != nil {
			return err
		}
		return write(&p.text, v)
	}, nil
}

// both makes the two lists of a branch, the first of which may be at another place.
func (c *compiler) both(n *parse.BranchNode, inner, at place) (then, otherwise program, err error) {
	if then, err = c.list(n.List, inner); err != nil {
		return nil, nil, err
	}
	otherwise, err = c.list(n.ElseList, at)
	return then, otherwise, err
}

// only returns the command that a pipe consists of, if that is all.
func only(pipe *parse.PipeNode) (*parse.CommandNode, error) {
	if pipe == nil || len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 {
		return nil, errUnknown
	}
	return pipe.Cmds[0], nil
}

func (c *compiler) branch(n *parse.BranchNode, at place) (program, error) {
	cmd, err := only(n.Pipe)
	if err != nil {
		return nil, err
	}
	holds, err := condition(cmd, at)
	if err != nil {
		return nil, err
	}
	then, otherwise, err := c.both(n, at, at)
	if err != nil {
		return nil, err
	}
	return func(p *printer) error {
		ok, err := holds(p)
		switch {
		case err != nil:
			return err
		case ok:
			return then(p)
		}
		return otherwise(p)
	}, nil
}

func (c *compiler) with(n *parse.WithNode, at place) (program, error) {
	cmd, err := only(n.Pipe)
	if err != nil {
		return nil, err
	}
	from, err := valueOf(cmd, at)
	if err != nil {
		return nil, err
	}
	inner := at
	inner.dot = from.typ
	then, otherwise, err := c.both(&n.BranchNode, inner, at)
	if err != nil {
		return nil, err
	}
	return func(p *printer) error {
		v, err := from.get(p)
		if err != nil {
			return err
		}
		if !holds(v) {
			return otherwise(p)
		}
		return p.within(v, then)
	}, nil
}

// within runs a program with another dot.
func (p *printer) within(dot reflect.Value, do program) error {
	outer := p.dot
	p.dot = dot
	err := do(p)
	p.dot = outer
	return err
}

func (c *compiler) loop(n *parse.RangeNode, at place) (program, error) {
	if len(n.Pipe.Cmds) != 1 || n.Pipe.IsAssign {
		return nil, errUnknown
	}
	from, err := valueOf(n.Pipe.Cmds[0], at)
	if err != nil || from.typ.Kind() != reflect.Slice {
		return nil, errUnknown
	}
	inner := place{root: at.root, dot: from.typ.Elem(), vars: at.vars[:len(at.vars):len(at.vars)]}
	types := []reflect.Type{reflect.TypeFor[int](), inner.dot}
	types = types[2-len(n.Pipe.Decl):] // one variable is that of the elements
	for i, decl := range n.Pipe.Decl {
		inner.vars = append(inner.vars, variable{decl.Ident[0], types[i]})
	}
	body, otherwise, err := c.both(&n.BranchNode, inner, at)
	if err != nil {
		return nil, err
	}
	own := len(n.Pipe.Decl)
	return func(p *printer) error {
		list, err := from.get(p)
		if err != nil {
			return err
		}
		if list.Len() == 0 {
			return otherwise(p)
		}
		outer := len(p.vars)
		for i := range list.Len() {
			element := list.Index(i)
			pair := [...]reflect.Value{reflect.ValueOf(i), element}
			p.vars = append(p.vars[:outer], pair[2-own:]...)
			if err := p.within(element, body); err != nil {
				return err
			}
		}
		p.vars = p.vars[:outer]
		return nil
	}, nil
}

func (c *compiler) call(n *parse.TemplateNode, at place) (program, error) {
	cmd, err := only(n.Pipe)
	if err != nil {
		return nil, err
	}
	from, err := valueOf(cmd, at)
	if err != nil {
		return nil, err
	}
	body, err := c.template(n.Name, from.typ)
	if err != nil {
		return nil, err
	}
	return func(p *printer) error {
		v, err := from.get(p)
		if err != nil {
			return err
		}
		root, vars := p.root, p.vars
		p.root, p.vars = v, nil
		err = p.within(v, body)
		p.root, p.vars = root, vars
		return err
	}, nil
}
