package check

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A jsonValue is a value of a JSON document.
type jsonValue struct {
	line  int
	value any // string, json.Number, bool or nil; for an object or a list it is one of the two below
	keys  map[string]*jsonValue
	order []string // of the keys
	list  []*jsonValue
	twice []string // keys that are there more than once
}

// parseJSON reads a document.
func parseJSON(data []byte) (*jsonValue, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	p := jsonParser{data: data, decoder: d, line: 1}
	v, err := p.value()
	if err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			return v, nil
		}
		err = errors.New("there is more after the end")
	}
	wrong := (*json.SyntaxError)(nil)
	offset := d.InputOffset()
	if errors.As(err, &wrong) {
		offset = wrong.Offset
	}
	return nil, &parseError{bytes.Count(data[:min(int(offset), len(data))], []byte("\n")) + 1, err.Error()}
}

type jsonParser struct {
	data    []byte
	decoder *json.Decoder
	offset  int64 // up to which lines are counted
	line    int
}

// token returns the next token and the line that it ends in.
func (p *jsonParser) token() (json.Token, int, error) {
	t, err := p.decoder.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, 0, err
	}
	end := p.decoder.InputOffset()
	p.line += bytes.Count(p.data[p.offset:end], []byte("\n"))
	p.offset = end
	return t, p.line, nil
}

func (p *jsonParser) value() (*jsonValue, error) {
	t, line, err := p.token()
	if err != nil {
		return nil, err
	}
	v := &jsonValue{line: line}
	switch t {
	case json.Delim('{'):
		v.keys = map[string]*jsonValue{}
		return v, p.object(v)
	case json.Delim('['):
		v.list = []*jsonValue{}
		return v, p.array(v)
	}
	v.value = t
	return v, nil
}

func (p *jsonParser) object(v *jsonValue) error {
	for p.decoder.More() {
		t, _, err := p.token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok {
			return fmt.Errorf("%v for a key", t)
		}
		if _, there := v.keys[key]; there {
			v.twice = append(v.twice, key)
		} else {
			v.order = append(v.order, key)
		}
		if v.keys[key], err = p.value(); err != nil {
			return err
		}
	}
	_, _, err := p.token()
	return err
}

func (p *jsonParser) array(v *jsonValue) error {
	for p.decoder.More() {
		item, err := p.value()
		if err != nil {
			return err
		}
		v.list = append(v.list, item)
	}
	_, _, err := p.token()
	return err
}

// get returns the value of a key, or nil.
func (v *jsonValue) get(key string) *jsonValue {
	if v == nil {
		return nil
	}
	return v.keys[key]
}

// str returns the value as a string, and whether it is one.
func (v *jsonValue) str() (string, bool) {
	if v == nil {
		return "", false
	}
	s, ok := v.value.(string)
	return s, ok
}

// items returns the values of a list, and none for what is not there.
func (v *jsonValue) items() []*jsonValue {
	if v == nil {
		return nil
	}
	return v.list
}
