package ledger

// The statements about subscriptions, in the same words as the others.
const (
	selectSubscriptions = `SELECT topic, callback, secret, expires, delivered, wanted, due, tries
	FROM subscription ORDER BY topic, callback`

	upsertSubscription = `INSERT INTO subscription (topic, callback, secret, expires, delivered, wanted, due, tries)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
	ON CONFLICT (topic, callback) DO UPDATE SET
		secret = excluded.secret, expires = excluded.expires, delivered = excluded.delivered,
		wanted = excluded.wanted, due = excluded.due, tries = excluded.tries`

	deleteSubscription = `DELETE FROM subscription WHERE topic = $1 AND callback = $2`

	selectRequests = `SELECT number, mode, topic, callback, secret, lease FROM subscription_request ORDER BY number`

	insertRequest = `INSERT INTO subscription_request (number, mode, topic, callback, secret, lease)
	VALUES ($1, $2, $3, $4, $5, $6)`

	deleteRequest = `DELETE FROM subscription_request WHERE number = $1`
)
