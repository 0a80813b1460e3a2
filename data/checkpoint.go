package data

import (
	"context"
	"os"

	"github.com/sirupsen/logrus"
	"gorm.io/gorm"
)

// logLimit is from how many bytes on the write-ahead log is put into the register's file: a shorter one is read as quickly.
const logLimit = 4 << 20

// checkpoints puts the write-ahead log into the register's file between acts, in the background and on a connection of its own. An act is
// safe once the log is on the disk: it need not wait until all is written there a second time.
type checkpoints struct {
	path string
	db   *gorm.DB
	work *background
}

func newCheckpoints(path string, log *logrus.Logger) (*checkpoints, error) {
	db, err := connect(path, log, 1, sound...)
	if err != nil {
		return nil, err
	}
	work := inBackground(log, func(context.Context) {
		if err := db.Exec("PRAGMA wal_checkpoint(PASSIVE)").Error; err != nil {
			log.WithError(err).Warn("checkpoint failed") // nothing is lost: the next act asks again
		}
	})
	return &checkpoints{path, db, work}, nil
}

// wantAsync asks for a checkpoint if the log is long, and does not wait for it.
func (c *checkpoints) wantAsync() {
	if info, err := os.Stat(c.path + "-wal"); err == nil && info.Size() >= logLimit {
		c.work.want()
	}
}

// close waits for a checkpoint that runs. It may be called again; nil is closed.
func (c *checkpoints) close() error {
	if c == nil {
		return nil
	}
	c.work.close()
	return closePool(c.db)
}
