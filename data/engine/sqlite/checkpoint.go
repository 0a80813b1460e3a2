package sqlite

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/sirupsen/logrus"
	"gorm.io/gorm"

	"consign/data/engine"
)

const (
	// logLimit is from how many bytes on the write-ahead log is put into the register's file: a shorter one is read as quickly.
	logLimit = 4 << 20
	// logKept is how long the log's file may stay: one that a large act left longer is cut off once all of it is in the register's file.
	logKept = 16 << 20
	// pagesSpare is how many free pages the file keeps for what comes.
	pagesSpare = 64
	// pagesAtOnce is how many free pages are given back in one step, some milliseconds in which an act waits.
	pagesAtOnce = 256
	// betweenSteps is how long acts have the register for themselves after a step.
	betweenSteps = 20 * time.Millisecond
	// patience is how many milliseconds the housekeeping waits for an act or a reader, which wait for it meanwhile: the next act wants it
	// again.
	patience = 50
)

// checkpoints puts the write-ahead log into the register's file between acts, and gives free pages back to the disk, in the background and
// on a connection of its own. An act is safe once the log is on the disk: it need not wait until all is written there a second time.
type checkpoints struct {
	path string
	log  *logrus.Logger
	db   *gorm.DB
	work *engine.Background
}

func newCheckpoints(path string, log *logrus.Logger) (*checkpoints, error) {
	db, err := connect(path, log, 1, sound...)
	if err != nil {
		return nil, err
	}
	c := &checkpoints{path: path, log: log, db: db}
	c.work = engine.InBackground(log, func(ctx context.Context) {
		err := c.keepHouse(ctx)
		switch busy := engine.TroubleOf(err) == engine.Busy; {
		case ctx.Err() != nil:
		case err != nil && !busy:
			log.WithError(err).Warn("checkpoint failed") // nothing is lost: the next act asks again
		case busy || c.logSize() > logKept: // an act or a reader was in its way
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
				c.work.Want()
			}
		}
	})
	c.work.Want()
	return c, nil
}

// wantAsync asks for a checkpoint if the log is long, and does not wait for it. Nil wants none.
func (c *checkpoints) wantAsync() {
	if c != nil && c.logSize() >= logLimit {
		c.work.Want()
	}
}

func (c *checkpoints) logSize() int64 {
	info, err := os.Stat(c.path + "-wal")
	if err != nil {
		return 0
	}
	return info.Size()
}

func (c *checkpoints) keepHouse(ctx context.Context) error {
	if err := c.db.Exec(fmt.Sprintf("PRAGMA busy_timeout = %d", patience)).Error; err != nil {
		return err
	}
	if c.logSize() >= logLimit {
		if err := c.checkpoint("PASSIVE"); err != nil {
			return err
		}
	}
	if err := c.shrink(ctx); err != nil {
		return err
	}
	if c.logSize() <= logKept {
		return nil
	}
	// the one that waits for all to be in the file has but little left to write then
	if err := c.checkpoint("PASSIVE"); err != nil {
		return err
	}
	return c.checkpoint("TRUNCATE")
}

func (c *checkpoints) checkpoint(mode string) error {
	return c.db.Exec("PRAGMA wal_checkpoint(" + mode + ")").Error
}

// shrink gives free pages back, in steps, until few are left or the context is done.
func (c *checkpoints) shrink(ctx context.Context) error {
	for ctx.Err() == nil {
		var mode, free int
		if err := c.db.Raw("SELECT auto_vacuum, freelist_count FROM pragma_auto_vacuum, pragma_freelist_count").Row().Scan(&mode,
			&free); err != nil {
			return err
		}
		if mode != incrementalVacuum || free <= pagesSpare {
			return nil
		}
		if err := c.giveBack(min(pagesAtOnce, free-pagesSpare)); err != nil {
			return err
		}
		if c.logSize() >= logKept {
			if err := c.checkpoint("PASSIVE"); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(betweenSteps):
		}
	}
	return nil
}

// giveBack gives some free pages back, as one transaction.
func (c *checkpoints) giveBack(pages int) error {
	rows, err := c.db.Raw(fmt.Sprintf("PRAGMA incremental_vacuum(%d)", pages)).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() { // a page each
	}
	return rows.Err()
}

// close waits for a checkpoint that runs. It may be called again; nil is closed.
func (c *checkpoints) close() error {
	if c == nil {
		return nil
	}
	c.work.Close()
	return engine.ClosePool(c.db)
}
