package data

import (
	"context"

	"github.com/sirupsen/logrus"
)

// background does a piece of work on a goroutine of its own whenever it is wanted, until it is closed.
type background struct {
	wanted chan struct{}
	stop   context.CancelFunc
	ended  chan struct{}
}

// inBackground returns the background of the work, which ends soon once its context is done. A fault of the work goes to the log.
func inBackground(log *logrus.Logger, work func(context.Context)) *background {
	ctx, stop := context.WithCancel(context.Background())
	b := &background{wanted: make(chan struct{}, 1), stop: stop, ended: make(chan struct{})}
	go func() {
		defer close(b.ended)
		for {
			select {
			case <-ctx.Done():
				return
			case <-b.wanted:
				err := guard(func() error { work(ctx); return nil })
				if err != nil {
					log.WithError(err).Error("a fault in the background")
				}
			}
		}
	}()
	return b
}

// want asks for the work and does not wait for it.
func (b *background) want() {
	select {
	case b.wanted <- struct{}{}:
	default: // it is to come
	}
}

// close waits until the work has ended. It may be called again; nil is closed.
func (b *background) close() {
	if b != nil {
		b.stop()
		<-b.ended
	}
}
