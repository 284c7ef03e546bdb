package schedule

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// A field is one of the five of a cron expression.
type field struct {
	name string
	want string // what may stand in it
	at   int
	bits func(*cron.SpecSchedule) uint64
}

var (
	hourField = field{"hour", "0-23", 1, func(s *cron.SpecSchedule) uint64 { return s.Hour }}
	fields    = [...]field{
		{"minute", "0-59", 0, func(s *cron.SpecSchedule) uint64 { return s.Minute }},
		hourField,
		{"day of the month", "1-31", 2, func(s *cron.SpecSchedule) uint64 { return s.Dom }},
		{"month", "1-12 or JAN-DEC", 3, func(s *cron.SpecSchedule) uint64 { return s.Month }},
		{"weekday", "0-6 (0 is Sunday) or SUN-SAT", 4, func(s *cron.SpecSchedule) uint64 { return s.Dow }},
	}
)

const weekday = 4 // index in fields

// Parse reads a cron expression of five fields (minute, hour, day of the month,
// month, weekday), a descriptor (@hourly, @daily, @midnight, @weekly, @monthly,
// @yearly, @annually) or "@every" and a duration ("@every 10m"). Times are read in
// loc, nil meaning UTC, or in the zone that stands in front ("CRON_TZ=Europe/Berlin
// 0 6 * * *"). Names are known in any case, and Sunday is 0, 7 or SUN.
//
// What never comes, and what means something else than it says, is an error that
// tells what to write instead.
func Parse(spec string, loc *time.Location) (Schedule, error) {
	s := Schedule{spec: strings.TrimSpace(spec), location: loc}
	if loc == nil {
		s.location = time.UTC
	}
	if err := s.parse(); err != nil {
		return Schedule{}, fmt.Errorf("%q: %w", spec, err)
	}
	return s, nil
}

func (s *Schedule) parse() error {
	words := strings.Fields(s.spec)
	if len(words) > 0 {
		if zone, ok := cutZone(words[0]); ok {
			location, err := time.LoadLocation(zone)
			if err != nil || zone == "" {
				return fmt.Errorf("time zone %q is not known; use a name like Europe/Berlin or UTC", zone)
			}
			s.location, words = location, words[1:]
		}
	}
	switch {
	case len(words) == 0:
		return errors.New(`no times; write five fields as in "*/5 * * * *", or "@every 10m"`)
	case strings.EqualFold(words[0], "@every"):
		return s.parseEvery(words[1:])
	case strings.HasPrefix(words[0], "@"):
		return s.parseDescriptor(words)
	}
	return s.parseFields(words)
}

func cutZone(word string) (zone string, ok bool) {
	if zone, ok = strings.CutPrefix(word, "CRON_TZ="); ok {
		return zone, ok
	}
	return strings.CutPrefix(word, "TZ=")
}

// parseEvery reads what follows "@every".
func (s *Schedule) parseEvery(words []string) error {
	if len(words) != 1 {
		return errors.New(`"@every" wants one duration, as in "@every 10m"`)
	}
	d, err := time.ParseDuration(words[0])
	switch {
	case err != nil:
		return fmt.Errorf(`%q is not a duration; write hours, minutes and seconds as in "@every 1h30m"`, words[0])
	case d < time.Second:
		return fmt.Errorf("%q is less than a second, which is the shortest time between runs", words[0])
	case d%time.Second != 0:
		return fmt.Errorf("%q is not a number of whole seconds", words[0])
	}
	s.times, s.fixed = cron.Every(d), true
	return nil
}

func (s *Schedule) parseDescriptor(words []string) error {
	name := strings.ToLower(words[0])
	if name == "@reboot" {
		return errors.New(`a run is made at every start anyway; write when the others are, as in "@hourly"`)
	}
	times, err := parseSpec(name)
	if err != nil || len(words) > 1 {
		return errors.New("not a descriptor; there are @hourly, @daily, @weekly, @monthly, @yearly, and @every with a duration")
	}
	s.setTimes(times)
	return nil
}

func (s *Schedule) parseFields(words []string) error {
	switch {
	case len(words) == len(fields)+1:
		return errors.New("six fields, want five: minute, hour, day of the month, month, weekday; there is none for seconds")
	case len(words) != len(fields):
		return fmt.Errorf("want five fields, found %d: minute, hour, day of the month, month, weekday", len(words))
	}
	for i, f := range fields {
		items := strings.Split(words[i], ",")
		for j, item := range items {
			if i == weekday {
				item = fromSunday(item)
				items[j] = item
			}
			if err := f.check(item); err != nil {
				return err
			}
		}
		words[i] = strings.Join(items, ",")
	}
	times, err := parseSpec(strings.Join(words, " "))
	if err != nil {
		return err
	}
	// Cron looks ahead for five years; those after 2001 have a 29 February.
	if times.Next(time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return errors.New("there is no such day, so it would never come")
	}
	s.setTimes(times)
	return nil
}

func (s *Schedule) setTimes(times *cron.SpecSchedule) {
	const all = 1<<24 - 1
	s.times, s.everyHour = times, hourField.bits(times)&all == all
}

// fromSunday writes 7, which is Sunday to other crons, as the 0 that robfig/cron knows.
func fromSunday(item string) string {
	if item == "7" {
		return "0"
	}
	if from, ok := strings.CutSuffix(item, "-7"); ok && from != "" && from != "7" {
		return from + "-6,0"
	}
	return item
}

// check refuses an item of a list that is wrong, or that cron would take for
// something else.
func (f field) check(item string) error {
	words := [...]string{"*", "*", "*", "*", "*"}
	words[f.at] = item
	times, err := parseSpec(strings.Join(words[:], " "))
	low, step, stepped := strings.Cut(item, "/")
	switch {
	case item == "", err != nil, len(low) > 1 && strings.ContainsAny(low, "*?"):
		return fmt.Errorf("%s: %q is not understood; want %s, *, a range a-b, a step */n, or a list of these", f.name, item, f.want)
	case stepped && strings.TrimLeft(step, "+0") != "1" && bits.OnesCount64(f.bits(times)<<1) == 1:
		return fmt.Errorf("%s: %q comes once only, since the step is larger than what it divides (%s)%s", f.name, item, f.want, f.instead(step))
	}
	return nil
}

// instead says how to write a long step.
func (f field) instead(step string) string {
	switch step = strings.TrimLeft(step, "+0"); f.name {
	case "minute":
		return fmt.Sprintf(`; write "@every %sm"`, step)
	case "hour":
		return fmt.Sprintf(`; write "@every %sh"`, step)
	}
	return ""
}

// parseSpec calls cron's parser, which panics for some specs.
func parseSpec(spec string) (times *cron.SpecSchedule, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	parsed, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, err
	}
	times, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return nil, fmt.Errorf("%T is not made of fields", parsed)
	}
	times.Location = time.UTC
	return times, nil
}
