package ledger

// Every statement of the package stands here, in words that SQLite and
// PostgreSQL share: parameters are $1, $2 ... in the order of their first use,
// and there is no function that only one of them has.
const (
	// columns are those of a record, in the order of [Record.scan].
	columns = `id, section, name, address, title, digest, meaning, size, mod_time, first_seen,
	published, updated, until, status, reason, day_only, inferred, was_live, pending, sketch`

	// inTree is true for a section that is $1, or lies below it ($2 and $3
	// bound the names that begin with $1 and a slash), or if $1 is the top.
	inTree = `($1 = '' OR path = $1 OR (path >= $2 AND path < $3))`

	selectVersion = `SELECT max(version_id) FROM goose_db_version`

	// Questions about entries.

	selectAnyEntry = `SELECT id FROM entry LIMIT 1`

	selectByID = `SELECT ` + columns + ` FROM entry WHERE id = $1`

	selectByPath = `SELECT ` + columns + ` FROM entry
	WHERE section = $1 AND name = $2 AND status <> 'gone'`

	selectGoneByPath = `SELECT ` + columns + ` FROM entry
	WHERE section = $1 AND name = $2 AND status = 'gone'
	ORDER BY updated DESC, id LIMIT 1`

	selectByDigest = `SELECT ` + columns + ` FROM entry
	WHERE substr(digest, 1, 8) = $1 AND digest = $2
	ORDER BY section, name, id`

	selectByAddress = `SELECT id FROM entry WHERE address = $1 AND address <> ''`

	selectFolder = `SELECT id, name, address, size, mod_time, status, pending FROM entry
	WHERE section = $1 AND status <> 'gone' ORDER BY name`

	selectPending = `SELECT ` + columns + ` FROM entry WHERE pending ORDER BY section, name`

	selectDue = `SELECT ` + columns + ` FROM entry
	WHERE status IN ('held', 'live') AND until <= $1 ORDER BY until, id`

	selectNextDue = `SELECT min(until) FROM entry WHERE status IN ('held', 'live') AND until > $1`

	selectList = `SELECT ` + columns + ` FROM entry
	WHERE ($1 = '' OR section = $1 OR (section >= $2 AND section < $3))
	AND ($4 = '' OR status IN ($4, $5, $6, $7, $8))
	ORDER BY section, name, id`

	// selectListHidden is selectList for who does not ask for public ones, which
	// are nearly all.
	selectListHidden = `SELECT ` + columns + ` FROM entry
	WHERE ($1 = '' OR section = $1 OR (section >= $2 AND section < $3))
	AND status <> 'live' AND status IN ($4, $5, $6, $7, $8)
	ORDER BY section, name, id`

	selectStatuses = `SELECT 'live' AS status, sum(live) FROM section HAVING sum(live) > 0
	UNION ALL SELECT status, count(*) FROM entry WHERE status <> 'live' GROUP BY status`

	selectLatest = `SELECT ` + columns + ` FROM entry
	WHERE section = $1 AND status = 'live' AND published >= $2
	ORDER BY published DESC, id LIMIT $3`

	// selectLatestIn has the order of its index but for the ids of one instant.
	selectLatestIn = `SELECT ` + columns + ` FROM member JOIN entry ON entry.number = member.entry
	WHERE member.list = (SELECT number FROM list WHERE kind = $1 AND key = $2) AND member.live = TRUE
	ORDER BY member.issued DESC, id LIMIT $3`

	selectInMonth = `SELECT ` + columns + ` FROM entry
	WHERE status = 'live' AND published >= $1 AND published < $2
	ORDER BY published DESC, substr(id, 1, 12), id`

	// selectAround gives the neighbours of the place that $1 and $2 are in the
	// order of all: those of the same instant, and those of another. The first
	// characters of the id stand in the index.
	selectAround = `SELECT * FROM (SELECT ` + columns + ` FROM entry
		WHERE status = 'live' AND published = $1 AND id > $2 AND substr(id, 1, 12) >= substr($2, 1, 12)
		ORDER BY substr(id, 1, 12), id LIMIT 1) AS a
	UNION ALL SELECT * FROM (SELECT ` + columns + ` FROM entry
		WHERE status = 'live' AND published < $1
		ORDER BY published DESC, substr(id, 1, 12), id LIMIT 1) AS b
	UNION ALL SELECT * FROM (SELECT ` + columns + ` FROM entry
		WHERE status = 'live' AND published = $1 AND id < $2 AND substr(id, 1, 12) <= substr($2, 1, 12)
		ORDER BY substr(id, 1, 12) DESC, id DESC LIMIT 1) AS c
	UNION ALL SELECT * FROM (SELECT ` + columns + ` FROM entry
		WHERE status = 'live' AND published > $1
		ORDER BY published, substr(id, 1, 12) DESC, id DESC LIMIT 1) AS d`

	// selectHeadings goes on in the order of all after the place that $1 and $2 are.
	selectHeadings = `SELECT id, title, address, published FROM entry
	WHERE status = 'live' AND published <= $1
	AND (published < $1 OR (id > $2 AND substr(id, 1, 12) >= substr($2, 1, 12)))
	ORDER BY published DESC, substr(id, 1, 12), id LIMIT $3`

	selectTombstones = `SELECT ` + columns + ` FROM entry
	WHERE ($1 = '' OR section = $1 OR (section >= $2 AND section < $3))
	AND was_live AND status <> 'live' AND status <> 'held' AND status <> 'expired' AND updated >= $4
	ORDER BY updated DESC, id`

	// Questions about many keys: more than one may stand in the last parentheses.

	selectIDsAmong       = `SELECT id FROM entry WHERE id IN ($1)`
	selectAddressesAmong = `SELECT address FROM entry WHERE address <> '' AND address IN ($1)`
	selectDigestsAmong   = `SELECT digest FROM entry WHERE substr(digest, 1, 8) IN ($1)`
	selectNamesAmong     = `SELECT name FROM entry WHERE section = $1 AND status <> 'gone' AND name IN ($2)`
	selectGoneNamesAmong = `SELECT name FROM entry WHERE section = $1 AND status = 'gone' AND name IN ($2)`

	// Questions about lists and months.

	selectLists = `SELECT kind, key, title, live, changed FROM list
	WHERE live > 0 OR changed IS NOT NULL ORDER BY kind, key`

	selectListsOf = `SELECT list.kind, list.key, list.title
	FROM entry JOIN member ON member.entry = entry.number JOIN list ON list.number = member.list
	WHERE entry.id = $1 ORDER BY list.kind, list.key`

	// selectMember tells what counts of an entry, once for each list that it is
	// in, or once with no list.
	selectMember = `SELECT entry.number, entry.status, entry.was_live, entry.published, entry.updated, ` + listColumns + `
	FROM entry LEFT JOIN member ON member.entry = entry.number LEFT JOIN list ON list.number = member.list
	WHERE entry.id = $1`

	selectByKey = `SELECT ` + listColumns + ` FROM list WHERE list.kind = $1 AND list.key = $2`

	listColumns = `list.number, list.kind, list.key, list.title, list.live, list.changed`

	selectListChanged = `SELECT changed, departed FROM list WHERE number = $1`

	// selectChangedIn asks for both values of live, so that it can use the index
	// up to the month.
	selectChangedIn = `SELECT max(updated) FROM member JOIN entry ON entry.number = member.entry
	WHERE member.list = $1 AND member.live IN (TRUE, FALSE) AND member.issued >= $2 AND member.issued < $3
	AND entry.was_live`

	selectMonthsByChange = `SELECT number, changed FROM month WHERE changed IS NOT NULL ORDER BY changed DESC, number`

	selectMonths = `SELECT number, live, changed FROM month WHERE live > 0 OR changed IS NOT NULL ORDER BY number`

	// Questions about sections.

	selectFolders = `SELECT path FROM section WHERE present > 0 ORDER BY path`

	selectSections = `SELECT path, live FROM section WHERE live > 0 ORDER BY path`

	selectChanged = `SELECT max(changed) FROM section WHERE ` + inTree

	selectNewest = `SELECT path, (SELECT max(published) FROM entry
		WHERE entry.section = section.path AND entry.status = 'live') AS newest
	FROM section WHERE live > 0 AND ` + inTree + ` ORDER BY newest DESC, path`

	// Questions about the rest.

	selectSnapshot    = `SELECT digest, data FROM snapshot WHERE id = $1`
	selectSnapshotIDs = `SELECT id FROM snapshot`
	selectFiles       = `SELECT path, digest, size, mod_time FROM file`
	selectMeta        = `SELECT value FROM meta WHERE key = $1`

	// Changes.

	values = ` VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`

	// insertNew is for what LookAhead has found not to be there.
	insertNew = `INSERT INTO entry (` + columns + `, number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`

	// insertEntry does nothing when the id, the path or the address is taken.
	insertEntry = `INSERT INTO entry (` + columns + `)` + values + ` ON CONFLICT DO NOTHING`

	upsertEntry = `INSERT INTO entry (` + columns + `)` + values + `
	ON CONFLICT (id) DO UPDATE SET
		section = excluded.section, name = excluded.name, address = excluded.address,
		title = excluded.title, digest = excluded.digest, meaning = excluded.meaning,
		size = excluded.size, mod_time = excluded.mod_time, first_seen = excluded.first_seen,
		published = excluded.published, updated = excluded.updated, until = excluded.until,
		status = excluded.status, reason = excluded.reason, day_only = excluded.day_only,
		inferred = excluded.inferred, was_live = excluded.was_live, pending = excluded.pending, sketch = excluded.sketch`

	parkEntry   = `UPDATE entry SET name = $1 WHERE id = $2`
	markPlaced  = `UPDATE entry SET pending = FALSE WHERE pending AND id IN ($1)`
	deleteEntry = `DELETE FROM entry WHERE id = $1`

	// addToSection adds differences; changed only ever rises by it.
	addToSection = `INSERT INTO section (path, present, live, changed) VALUES ($1, $2, $3, $4)
	ON CONFLICT (path) DO UPDATE SET
		present = section.present + excluded.present,
		live = section.live + excluded.live,
		changed = CASE WHEN section.changed IS NULL OR excluded.changed > section.changed
			THEN excluded.changed ELSE section.changed END`

	// recountChanged finds what a section's changed is when that which made it
	// has gone. The two halves each have their index; one question would read every entry.
	recountChanged = `UPDATE section SET changed = (SELECT max(updated) FROM (
		SELECT updated FROM entry WHERE section = $1 AND status <> 'gone' AND was_live
		UNION ALL
		SELECT updated FROM entry WHERE section = $1 AND status = 'gone' AND was_live) AS public)
	WHERE path = $1 AND changed = $2`

	selectNextNumber = `SELECT coalesce(max(number), 0) + 1 FROM entry WHERE number IS NOT NULL`

	numberEntry = `UPDATE entry SET number = (SELECT coalesce(max(number), 0) + 1 FROM entry WHERE number IS NOT NULL)
	WHERE id = $1 RETURNING number`

	insertList = `INSERT INTO list (number, kind, key, title, live)
	SELECT coalesce(max(number), 0) + 1, $1, $2, $3, 0 FROM list RETURNING number`
	retitleList = `UPDATE list SET title = $1 WHERE number = $2`

	insertMember  = `INSERT INTO member (entry, list, live, issued) VALUES ($1, $2, $3, $4)`
	deleteMember  = `DELETE FROM member WHERE entry = $1 AND list = $2`
	updateMembers = `UPDATE member SET live = $1, issued = $2 WHERE entry = $3`

	addToList = `UPDATE list SET live = live + $1,
		changed = CASE WHEN changed IS NULL OR $2 > changed THEN $2 ELSE changed END,
		departed = CASE WHEN departed IS NULL OR $3 > departed THEN $3 ELSE departed END
	WHERE number = $4`

	setListChanged = `UPDATE list SET changed = $1 WHERE number = $2`

	// dropList forgets a list that nobody is in, unless it has been public.
	dropList = `DELETE FROM list WHERE number = $1 AND live = 0 AND changed IS NULL
	AND NOT EXISTS (SELECT 1 FROM member WHERE list = $1)`

	addToMonth = `INSERT INTO month (number, live, changed) VALUES ($1, $2, $3)
	ON CONFLICT (number) DO UPDATE SET
		live = month.live + excluded.live,
		changed = CASE WHEN month.changed IS NULL OR excluded.changed > month.changed
			THEN excluded.changed ELSE month.changed END`

	// recountMonth starts where the month was: what ended is in the order of its end.
	recountMonth = `UPDATE month SET changed = (SELECT max(updated) FROM (
		SELECT updated FROM entry WHERE status = 'live' AND published >= $1 AND published < $2
		UNION ALL
		SELECT * FROM (SELECT updated FROM entry
			WHERE was_live AND status <> 'live' AND updated <= $3 AND published >= $1 AND published < $2
			ORDER BY updated DESC LIMIT 1) AS ended) AS public)
	WHERE number = $4 AND changed = $3`

	upsertSnapshot = `INSERT INTO snapshot (id, digest, data) VALUES ($1, $2, $3)
	ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, data = excluded.data`
	deleteSnapshot = `DELETE FROM snapshot WHERE id = $1`

	upsertFile = `INSERT INTO file (path, digest, size, mod_time) VALUES ($1, $2, $3, $4)
	ON CONFLICT (path) DO UPDATE SET
		digest = excluded.digest, size = excluded.size, mod_time = excluded.mod_time`
	deleteFile = `DELETE FROM file WHERE path = $1`

	upsertMeta = `INSERT INTO meta (key, value) VALUES ($1, $2)
	ON CONFLICT (key) DO UPDATE SET value = excluded.value`
	deleteMeta = `DELETE FROM meta WHERE key = $1`
)
