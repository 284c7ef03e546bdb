package publish

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"time"
)

// The spool packs entries in a form of its own: it is read by the run that wrote
// it and by no other, so the names of fields need not stand in it, and to write
// and read JSON took a tenth of a first run. Fields follow each other in their
// order, each as its kind asks for; strings and lists have their length before
// them.

var timeType = reflect.TypeFor[time.Time]()

// appendPacked appends a value to data. It knows the kinds that a feed.Entry is
// made of.
func appendPacked(data []byte, v reflect.Value) ([]byte, error) {
	var err error
	switch v.Kind() {
	case reflect.String:
		data = binary.AppendUvarint(data, uint64(v.Len()))
		data = append(data, v.String()...)
	case reflect.Bool:
		data = appendBool(data, v.Bool())
	case reflect.Int, reflect.Int64:
		data = binary.AppendVarint(data, v.Int())
	case reflect.Pointer:
		data = appendBool(data, !v.IsNil())
		if !v.IsNil() {
			data, err = appendPacked(data, v.Elem())
		}
	case reflect.Slice:
		data = binary.AppendUvarint(data, uint64(v.Len()))
		for i := 0; i < v.Len() && err == nil; i++ {
			data, err = appendPacked(data, v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == timeType {
			return appendTime(data, v.Interface().(time.Time))
		}
		for i := 0; i < v.NumField() && err == nil; i++ {
			data, err = appendPacked(data, v.Field(i))
		}
	default:
		err = fmt.Errorf("a %s can not be packed", v.Type())
	}
	return data, err
}

func appendBool(data []byte, b bool) []byte {
	if b {
		return append(data, 1)
	}
	return append(data, 0)
}

func appendTime(data []byte, t time.Time) ([]byte, error) {
	at := len(data)
	data, err := t.AppendBinary(append(data, 0))
	data[at] = byte(len(data) - at - 1)
	return data, err
}

// errCut says that packed values end too early.
var errCut = errors.New("the packed entry is cut short")

// A packed is what is left of packed values. Strings share its memory.
type packed string

// value reads a value.
func (p *packed) value(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		s, err := p.text()
		v.SetString(s)
		return err
	case reflect.Bool:
		b, err := p.take(1)
		v.SetBool(b == "\x01")
		return err
	case reflect.Int, reflect.Int64:
		n, err := p.number()
		v.SetInt(int64(n>>1) ^ -int64(n&1)) // as binary.Varint has it
		return err
	case reflect.Pointer:
		if b, err := p.take(1); err != nil || b == "\x00" {
			return err
		}
		v.Set(reflect.New(v.Type().Elem()))
		return p.value(v.Elem())
	case reflect.Slice:
		return p.list(v)
	case reflect.Struct:
		if v.Type() == timeType {
			return p.time(v.Addr().Interface().(*time.Time))
		}
		for i := range v.NumField() {
			if err := p.value(v.Field(i)); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("a %s can not be unpacked", v.Type())
}

func (p *packed) list(v reflect.Value) error {
	n, err := p.number()
	if err != nil || n == 0 {
		return err
	}
	if n > uint64(len(*p)) { // each element has a byte at least
		return errCut
	}
	v.Set(reflect.MakeSlice(v.Type(), int(n), int(n)))
	for i := range int(n) {
		if err := p.value(v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

func (p *packed) time(t *time.Time) error {
	n, err := p.take(1)
	if err != nil {
		return err
	}
	data, err := p.take(uint64(n[0]))
	if err != nil {
		return err
	}
	return t.UnmarshalBinary([]byte(data))
}

func (p *packed) text() (string, error) {
	n, err := p.number()
	if err != nil {
		return "", err
	}
	return p.take(n)
}

func (p *packed) number() (n uint64, err error) {
	for shift := 0; shift < 64; shift += 7 {
		b, err := p.take(1)
		if err != nil {
			return 0, err
		}
		n |= uint64(b[0]&0x7f) << shift
		if b[0] < 0x80 {
			return n, nil
		}
	}
	return 0, errCut
}

func (p *packed) take(n uint64) (string, error) {
	if n > uint64(len(*p)) {
		return "", errCut
	}
	s := string((*p)[:n])
	*p = (*p)[n:]
	return s, nil
}
