package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"consign/data/engine"
)

// act implements engine.Act.
type act struct {
	ctx  context.Context
	tx   *gorm.DB
	conn *pgx.Conn // that tx is on
	lent *lent     // the same, for reading

	begun time.Time // by the server's clock
}

// lookUp is for how long the end of an act whose answer was lost is looked for.
const lookUp = 30 * time.Second

// Act implements engine.Engine. READ COMMITTED, and the first statement waits for the row of the register: what the act reads afterwards
// is what the act before it has left. In a state taken before it waited it would not be.
func (d *Database) Act(ctx context.Context, do func(engine.Act) error) error {
	key := uuid.NewString()
	var process uint32
	ended := false // all that remained was the COMMIT
	err := d.transaction(ctx, func(a *act) error {
		process = a.conn.PgConn().PID()
		const begin = "WITH turn AS (UPDATE register SET act = act + 1 RETURNING act) INSERT INTO acts (number, key) SELECT act, $1 FROM " +
			"turn RETURNING (extract(epoch FROM clock_timestamp()) * 1000)::bigint, (SELECT max(id) FROM migrations)"
		var millis int64
		var schema string
		if err := a.conn.QueryRow(ctx, begin, key).Scan(&millis, &schema); err != nil {
			return err
		}
		if schema > migrationsInOrder[len(migrationsInOrder)-1].ID { // since this desk has opened it
			return changedByNewer()
		}
		a.begun = time.UnixMilli(millis)
		if err := do(a); err != nil {
			return err
		}
		ended = true
		return nil
	})
	if err != nil && ended && (lost(err) || ctx.Err() != nil || engine.TroubleOf(err) == engine.Away) {
		err = d.settled(ctx, key, process, err)
	}
	return err
}

// settled is nil if the act with the key stands, whose COMMIT got no answer, else cause. The session that it was in is ended first, and the
// look waits for the row of the register: then nothing of it can be under way any more.
func (d *Database) settled(ctx context.Context, key string, process uint32, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookUp)
	defer cancel()
	for pause := 100 * time.Millisecond; ; pause *= 2 {
		stands, err := d.stands(ctx, key, process)
		switch {
		case err == nil && stands:
			return nil
		case err == nil:
			return cause
		}
		select {
		case <-ctx.Done():
			return errors.Join(cause, err)
		case <-time.After(pause):
		}
	}
}

// stands reports whether the act with the key was committed, after the session of the process has ended.
func (d *Database) stands(ctx context.Context, key string, process uint32) (stands bool, err error) {
	c, err := d.at().config()
	if err != nil {
		return false, err
	}
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return false, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND usename = current_user AND application_name = " +
		"'Consign'"
	if _, err := conn.Exec(ctx, end, int32(process)); err != nil {
		return false, err
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return false, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	if _, err := tx.Exec(ctx, "SELECT act FROM register FOR UPDATE"); err != nil {
		return false, err
	}
	err = tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM acts WHERE key = $1)", key).Scan(&stands)
	return stands, err
}

// answer is how long the end of a transaction is waited for.
const answer = 20 * time.Second

// transaction runs do as one transaction on the connection that writes.
func (d *Database) transaction(ctx context.Context, do func(*act) error) error {
	return onConnection(ctx, d.write, func(conn *sql.Conn, c *pgx.Conn) error {
		tx := d.write.Session(&gorm.Session{NewDB: true, Context: ctx})
		tx.Statement.ConnPool = conn
		a := &act{ctx: ctx, tx: tx, conn: c, lent: &lent{conn: c}}
		if _, err := c.Exec(ctx, "BEGIN"); err != nil {
			return err
		}
		end := "COMMIT"
		failed := engine.Guard(func() error { return do(a) })
		if failed != nil {
			end = "ROLLBACK"
		}
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), answer)
		defer cancel()
		tag, err := c.Exec(ending, end)
		switch {
		case failed != nil:
			return failed
		case err == nil && tag.String() != end:
			return errors.New("the server has taken the transaction back")
		}
		return err
	})
}

// onConnection lends f a connection of the pool.
func onConnection(ctx context.Context, db *gorm.DB, f func(*sql.Conn, *pgx.Conn) error) error {
	conn, c, err := connection(ctx, db)
	if err != nil {
		return err
	}
	defer conn.Close()
	return f(conn, c)
}

// connection is one of the pool, which is closed to give it back, and what it is below database/sql.
func connection(ctx context.Context, db *gorm.DB) (*sql.Conn, *pgx.Conn, error) {
	pool, err := db.DB()
	if err != nil {
		return nil, nil, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	var c *pgx.Conn
	err = conn.Raw(func(driverConn any) (err error) {
		c, err = pgxOf(driverConn)
		return err
	})
	if err != nil {
		conn.Close()
		return nil, nil, err
	}
	return conn, c, nil
}

// Tx implements engine.Act.
func (a *act) Tx() *gorm.DB { return a.tx }

// Begun implements engine.Act.
func (a *act) Begun() time.Time { return a.begun }

// Reading implements engine.Act.
func (a *act) Reading(read func(engine.Reader) error) error {
	return read(&reader{ctx: a.ctx, lent: a.lent})
}

// TakeRoom implements engine.Act: memory is the server's.
func (a *act) TakeRoom() error { return nil }

// Bring implements engine.Act.
func (a *act) Bring(table string, columns []string, next func() []any) (ok bool, err error) {
	_, err = a.conn.CopyFrom(a.ctx, pgx.Identifier{table}, columns, &pulled{next: next})
	return true, err
}

// pulled are rows that come one by one: pgx.CopyFromSource.
type pulled struct {
	next func() []any
	row  []any
}

// Next implements pgx.CopyFromSource.
func (p *pulled) Next() bool {
	p.row = p.next()
	return p.row != nil
}

// Values implements pgx.CopyFromSource.
func (p *pulled) Values() ([]any, error) { return p.row, nil }

// Err implements pgx.CopyFromSource.
func (p *pulled) Err() error { return nil }

// Attempt implements engine.Act: after a statement that failed the server takes no other one before it has gone back to where it was.
func (a *act) Attempt(write func() error) error {
	if err := a.tx.Exec("SAVEPOINT attempt").Error; err != nil {
		return err
	}
	if err := write(); err != nil {
		if back := a.tx.Exec("ROLLBACK TO SAVEPOINT attempt").Error; back != nil {
			return errors.Join(err, back)
		}
		return err
	}
	return a.tx.Exec("RELEASE SAVEPOINT attempt").Error
}

// Note implements engine.Act: triggers of the schema note what is written if the table is there.
func (a *act) Note([]engine.Table) error {
	const made = `CREATE TEMP TABLE IF NOT EXISTS touched (kind TEXT COLLATE "C", key BIGINT, PRIMARY KEY (kind, key)) ON COMMIT DELETE ROWS`
	return a.tx.Exec(made).Error
}
