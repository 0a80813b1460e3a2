package data

import (
	"context"
	"os"

	"github.com/sirupsen/logrus"
	"gorm.io/gorm"
)

// logLimit is from how many bytes on the write-ahead log is put into the register's file: a shorter one is read as quickly.
const logLimit = 4 << 20

// checkpoints puts the write-ahead log into the register's file between acts, on a goroutine and a connection of its own. An act is
// safe once the log is on the disk: it need not wait until all is written there a second time.
type checkpoints struct {
	path   string
	log    *logrus.Logger
	db     *gorm.DB
	wanted chan struct{}
	stop   context.CancelFunc
	ended  chan struct{}
}

func newCheckpoints(path string, log *logrus.Logger) (*checkpoints, error) {
	db, err := connect(path, log, 1)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	c := &checkpoints{path: path, log: log, db: db, wanted: make(chan struct{}, 1), stop: stop, ended: make(chan struct{})}
	go c.run(ctx)
	return c, nil
}

func (c *checkpoints) run(ctx context.Context) {
	defer close(c.ended)
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.wanted:
		}
		if err := c.db.Exec("PRAGMA wal_checkpoint(PASSIVE)").Error; err != nil {
			c.log.WithError(err).Warn("checkpoint failed") // nothing is lost: the next act asks again
		}
	}
}

// wantAsync asks for a checkpoint if the log is long, and does not wait for it.
func (c *checkpoints) wantAsync() {
	if info, err := os.Stat(c.path + "-wal"); err != nil || info.Size() < logLimit {
		return
	}
	select {
	case c.wanted <- struct{}{}:
	default: // one is to come
	}
}

// close waits for a checkpoint that runs. It may be called again; nil is closed.
func (c *checkpoints) close() error {
	if c == nil {
		return nil
	}
	c.stop()
	<-c.ended
	return closePool(c.db)
}
