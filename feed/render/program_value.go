package render

import (
	"reflect"
	"text/template/parse"
)

// A value is where in the data of a template something stands.
type value struct {
	typ reflect.Type
	get func(*printer) (reflect.Value, error)
}

// valueOf finds what a command without arguments names: dot, a field of it, $, a
// variable, or a field of one.
func valueOf(cmd *parse.CommandNode, at place) (value, error) {
	if len(cmd.Args) != 1 {
		return value{}, errUnknown
	}
	return operand(cmd.Args[0], at)
}

func operand(node parse.Node, at place) (value, error) {
	switch n := node.(type) {
	case *parse.DotNode:
		return dotOf(at), nil
	case *parse.FieldNode:
		return dotOf(at).field(n.Ident)
	case *parse.VariableNode:
		from, err := variableOf(n.Ident[0], at)
		if err != nil {
			return value{}, err
		}
		return from.field(n.Ident[1:])
	case *parse.PipeNode: // in parentheses
		if cmd, err := only(n); err == nil {
			return valueOf(cmd, at)
		}
	}
	return value{}, errUnknown
}

func dotOf(at place) value {
	return value{at.dot, func(p *printer) (reflect.Value, error) { return p.dot, nil }}
}

func variableOf(name string, at place) (value, error) {
	for i := len(at.vars) - 1; i >= 0; i-- {
		if at.vars[i].name == name {
			return value{at.vars[i].typ, func(p *printer) (reflect.Value, error) { return p.vars[i], nil }}, nil
		}
	}
	if name == "$" {
		return value{at.root, func(p *printer) (reflect.Value, error) { return p.root, nil }}, nil
	}
	return value{}, errUnknown
}

// field finds a field of a field of a value.
func (v value) field(names []string) (value, error) {
	for _, name := range names {
		holder, pointer := v.typ, false
		if holder.Kind() == reflect.Pointer {
			holder, pointer = holder.Elem(), true
		}
		if holder.Kind() != reflect.Struct {
			return value{}, errUnknown
		}
		if _, method := reflect.PointerTo(holder).MethodByName(name); method {
			return value{}, errUnknown
		}
		field, ok := holder.FieldByName(name)
		if !ok || !field.IsExported() || throughPointer(holder, field.Index) {
			return value{}, errUnknown
		}
		from := v.get
		v = value{field.Type, func(p *printer) (reflect.Value, error) {
			s, err := from(p)
			if err != nil {
				return s, err
			}
			if pointer {
				if s.IsNil() {
					return s, errUnlike
				}
				s = s.Elem()
			}
			for _, i := range field.Index {
				s = s.Field(i)
			}
			return s, nil
		}}
	}
	return v, nil
}

// throughPointer reports whether a field belongs to an embedded pointer.
func throughPointer(holder reflect.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		holder = holder.Field(i).Type
		if holder.Kind() != reflect.Struct {
			return true
		}
	}
	return false
}

// condition makes the condition of an if of a value, or of and, or and not of such.
func condition(cmd *parse.CommandNode, at place) (func(*printer) (bool, error), error) {
	name, isFunction := cmd.Args[0].(*parse.IdentifierNode)
	if !isFunction {
		v, err := valueOf(cmd, at)
		if err != nil || !isTold(v.typ) {
			return nil, errUnknown
		}
		return func(p *printer) (bool, error) {
			got, err := v.get(p)
			return err == nil && holds(got), err
		}, nil
	}
	var list []func(*printer) (bool, error)
	for _, arg := range cmd.Args[1:] {
		of := &parse.CommandNode{Args: []parse.Node{arg}}
		if nested, ok := arg.(*parse.PipeNode); ok {
			cmd, err := only(nested)
			if err != nil {
				return nil, err
			}
			of = cmd
		}
		one, err := condition(of, at)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	switch {
	case len(list) == 0:
		return nil, errUnknown
	case name.Ident == "not" && len(list) == 1:
		return func(p *printer) (bool, error) { ok, err := list[0](p); return !ok, err }, nil
	case name.Ident == "or", name.Ident == "and":
		ends := name.Ident == "or" // the value that decides before the last
		return func(p *printer) (bool, error) {
			for _, one := range list {
				if ok, err := one(p); err != nil || ok == ends {
					return ok, err
				}
			}
			return !ends, nil
		}, nil
	}
	return nil, errUnknown
}

// isTold reports whether holds knows a type.
func isTold(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.String, reflect.Slice, reflect.Pointer, reflect.Struct:
		return true
	}
	return false
}

// holds reports whether an if takes a value for true.
func holds(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.Int:
		return v.Int() != 0
	case reflect.String, reflect.Slice:
		return v.Len() > 0
	case reflect.Pointer:
		return !v.IsNil()
	}
	return true // a struct
}
