package ledger

// The statements about events, in the same words as the others.
const (
	eventColumns = `entry, happened, kind, title, path, before, why, digest, public`

	selectEvents = `SELECT ` + eventColumns + ` FROM event WHERE entry = $1 ORDER BY number`

	selectAllEvents = `SELECT ` + eventColumns + ` FROM event ORDER BY happened, number`

	// selectLastEvent leaves out what only tells more of the event before it.
	selectLastEvent = `SELECT ` + eventColumns + ` FROM event WHERE entry = $1 AND kind <> 'killed' ORDER BY number DESC LIMIT 1`

	selectLatestEvents = `SELECT ` + eventColumns + ` FROM event ORDER BY number DESC LIMIT $1`

	// selectLatestSeen asks for what has no event of its beginning. It reads all
	// entries: an index for people who read a log now and then would cost each
	// of them.
	selectLatestSeen = `SELECT ` + columns + ` FROM entry
	WHERE NOT EXISTS (SELECT 1 FROM event WHERE event.entry = entry.id AND event.happened <= entry.first_seen)
	ORDER BY first_seen DESC, id LIMIT $1`

	selectAnnounced = `SELECT ` + eventColumns + `, change FROM event WHERE public ORDER BY number DESC LIMIT $1`

	insertEvent = `INSERT INTO event (number, ` + eventColumns + `, change)
	SELECT coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM event`

	untellEvents = `UPDATE event SET public = FALSE, change = NULL WHERE entry = $1 AND public`

	// pruneEvents forgets the oldest events of an entry that has too many.
	pruneEvents = `DELETE FROM event WHERE entry = $1 AND number <= (
		SELECT number FROM event WHERE entry = $1 ORDER BY number DESC LIMIT 1 OFFSET $2)`

	// pruneChanges forgets the oldest changes when there are too many.
	pruneChanges = `UPDATE event SET change = NULL WHERE change IS NOT NULL AND number <= (
		SELECT number FROM event WHERE change IS NOT NULL ORDER BY number DESC LIMIT 1 OFFSET $1)`
)
