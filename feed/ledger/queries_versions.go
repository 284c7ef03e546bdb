package ledger

// The statements about the versions of stories, in the same words as the others.
const (
	versionColumns = `id, rank, head, title, slug, agency, kill`

	selectVersionOf = `SELECT ` + versionColumns + ` FROM version WHERE id = $1`

	// selectVersionsNamed takes the two halves apart, so that each has its index.
	selectVersionsNamed = `SELECT ` + versionColumns + ` FROM version WHERE title = $1
	UNION SELECT ` + versionColumns + ` FROM version WHERE slug = $2 AND slug <> 0
	ORDER BY id`

	selectVersionsBelow = `SELECT ` + versionColumns + ` FROM version WHERE head = $1 AND head <> '' ORDER BY id`

	selectAnyVersion = `SELECT id FROM version LIMIT 1`

	selectTitles = `SELECT id, title, sketch FROM entry
	WHERE status = 'live' AND published >= $1 AND published <= $2 AND section = $3
	ORDER BY published DESC`

	upsertVersion = `INSERT INTO version (` + versionColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7)
	ON CONFLICT (id) DO UPDATE SET rank = excluded.rank, head = excluded.head, title = excluded.title,
		slug = excluded.slug, agency = excluded.agency, kill = excluded.kill`

	deleteVersion = `DELETE FROM version WHERE id = $1`
)
