package engine

import (
	"context"

	"github.com/sirupsen/logrus"
)

// Background does a piece of work on a goroutine of its own whenever it is wanted, until it is closed.
type Background struct {
	wanted chan struct{}
	stop   context.CancelFunc
	ended  chan struct{}
}

// InBackground returns the background of the work, which ends soon once its context is done. A fault of the work goes to the log.
func InBackground(log *logrus.Logger, work func(context.Context)) *Background {
	ctx, stop := context.WithCancel(context.Background())
	b := &Background{wanted: make(chan struct{}, 1), stop: stop, ended: make(chan struct{})}
	go func() {
		defer close(b.ended)
		for {
			select {
			case <-ctx.Done():
				return
			case <-b.wanted:
				err := Guard(func() error { work(ctx); return nil })
				if err != nil {
					log.WithError(err).Error("a fault in the background")
				}
			}
		}
	}()
	return b
}

// Want asks for the work and does not wait for it.
func (b *Background) Want() {
	select {
	case b.wanted <- struct{}{}:
	default: // it is to come
	}
}

// Close waits until the work has ended. It may be called again; nil is closed.
func (b *Background) Close() {
	if b != nil {
		b.stop()
		<-b.ended
	}
}
