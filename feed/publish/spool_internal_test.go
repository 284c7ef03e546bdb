package publish

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
)

// filled gives each field of a value something of its own, whatever fields there are.
func filled(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d \x00<é>", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n) * 1_000_003 * int64(1-2*(*n%2)))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		filled(t, v.Index(0), n)
		filled(t, v.Index(1), n)
	case reflect.Struct:
		if v.Type() == timeType {
			zone := time.FixedZone("", 3600*(*n%12)+1800)
			v.Set(reflect.ValueOf(time.Date(2026, 1, *n%28, 2, 3, 4, *n, zone)))
			return
		}
		for i := range v.NumField() {
			filled(t, v.Field(i), n)
		}
	default:
		t.Fatalf("a field is a %s", v.Type())
	}
}

func entries(t *testing.T, many int) []feed.Entry {
	t.Helper()
	list := make([]feed.Entry, many)
	n := 0
	for i := range list {
		if i > 0 { // the first has nothing
			filled(t, reflect.ValueOf(&list[i]).Elem(), &n)
		}
		list[i].ID = fmt.Sprint("urn:", i)
	}
	return list
}

// What comes out of the spool is what went in, all fields of it, from memory or
// from the file; of one id the last.
func TestSpool(t *testing.T) {
	for _, many := range []int{3, 2*batch + 3, 5 * batch} {
		root, err := os.OpenRoot(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		s := &spool{root: root}
		list := entries(t, many)
		first := list[1]
		first.Title = "an earlier version"
		for _, add := range [][]feed.Entry{{first}, list[:many/2], list[many/2:]} {
			if err := s.add(add); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.settle(); err != nil {
			t.Fatal(err)
		}
		for _, want := range list {
			got, err := s.find(want.ID)
			if err != nil || got == nil {
				t.Fatalf("of %d: %q: %v, %v", many, want.ID, got, err)
			}
			if !s.has(want.ID) || !alike(*got, want) {
				t.Errorf("of %d: got\n%+v\nwant\n%+v", many, *got, want)
			}
		}
		if got, err := s.find("urn:none"); got != nil || err != nil || s.has("urn:none") {
			t.Errorf("what was never added: %v, %v", got, err)
		}
		var order []string
		err = s.each(func(some []feed.Entry) error {
			for _, e := range some {
				order = append(order, e.ID)
			}
			return nil
		})
		if err != nil || len(order) != many+1 || order[0] != "urn:1" || order[1] != "urn:0" || order[many] != list[many-1].ID {
			t.Errorf("of %d: %d entries in the order %q..., %v", many, len(order), order[:2], err)
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		if _, err := root.Stat(spoolFile); !os.IsNotExist(err) {
			t.Errorf("the file of the spool: %v, want none", err)
		}
		if err := root.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// alike compares entries; times are those of the same instant and offset.
func alike(a, b feed.Entry) bool {
	return fmt.Sprintf("%#v", printed(reflect.ValueOf(a))) == fmt.Sprintf("%#v", printed(reflect.ValueOf(b)))
}

// printed lists what a value consists of.
func printed(v reflect.Value) (list []string) {
	switch {
	case v.Type() == timeType:
		return []string{v.Interface().(time.Time).Format(time.RFC3339Nano)}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			list = append(list, v.Type().Field(i).Name)
			list = append(list, printed(v.Field(i))...)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			list = append(list, printed(v.Index(i))...)
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		return printed(v.Elem())
	default:
		return []string{fmt.Sprint(v.Interface())}
	}
	return list
}

// An entry that is cut anywhere is an error, and no panic.
func TestSpoolCut(t *testing.T) {
	entry := entries(t, 2)[1]
	data, err := appendPacked(nil, reflect.ValueOf(&entry).Elem())
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(data) {
		p := packed(data[:n])
		if err := p.value(reflect.ValueOf(new(feed.Entry)).Elem()); err == nil {
			t.Fatalf("%d bytes of %d are an entry", n, len(data))
		}
	}
}

func BenchmarkSpool(b *testing.B) {
	entry := feed.Entry{ID: "urn:uuid:00000000-0000-5000-8000-000000000000", Content: string(make([]byte, 2500)), Published: feed.Day(2026, 1, 2)}
	b.ReportAllocs()
	for b.Loop() {
		data, err := appendPacked(nil, reflect.ValueOf(&entry).Elem())
		if err != nil {
			b.Fatal(err)
		}
		p := packed(data)
		if err := p.value(reflect.ValueOf(new(feed.Entry)).Elem()); err != nil {
			b.Fatal(err)
		}
	}
}

// What is kept of an entry until its page is on the disk keeps no text in memory.
func TestSpoolLetsGo(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := spool{root: root}
	defer func() { check(t, errors.Join(s.close(), root.Close())) }()
	const many, size = 64, 1 << 20
	for i := range many {
		check(t, s.add([]feed.Entry{{ID: fmt.Sprint("urn:", i), Address: fmt.Sprint(i, ".html"), Content: strings.Repeat("text", size/4)}}))
	}
	check(t, s.flush())
	check(t, s.settle())
	var ids, addresses []string
	for i := range many {
		entry, err := s.find(fmt.Sprint("urn:", i))
		check(t, err)
		ids, addresses = append(ids, entry.ID), append(addresses, entry.Address)
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	runtime.KeepAlive(ids)
	runtime.KeepAlive(addresses)
	if m.HeapAlloc > many*size/2 {
		t.Errorf("%d ids and %d addresses keep %d MB", len(ids), len(addresses), m.HeapAlloc>>20)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
