package date

// dateTimeGroup reads the time stamp of wires and of the military, day, hour and
// minute in six digits: "212322 GMT Nov 18", "131137Z NOV 2013". Its year comes
// right behind the month, where it would else be taken for a day.
func dateTimeGroup(s string, n number) (match, bool) {
	z, end := zoneAt(s, n.end, true)
	name, ok := monthAt(s, skipBlank(s, end))
	if !ok || !z.named || n.end-n.start != n.digits {
		return match{}, false
	}
	d := Date{Month: name.month, Day: n.val / 10000, Weekday: -1, Start: n.start}
	c := clock{hour: n.val / 100 % 100, minute: n.val % 100, zone: z}
	y := numberAt(s, skipBlank(s, name.end))
	switch y.digits {
	case 2:
		d.Year, d.Short = shortYear(y.val), true
	case 4:
		d.Year = y.val
	default:
		return match{}, false
	}
	d.End = y.end
	if !wordYear(d.Year) || !validDay(d.Year, d.Month, d.Day) || trailed(s, y.end) || !c.apply(noHalf) {
		return match{}, false
	}
	c.set(&d)
	return match{last: d}, true
}
