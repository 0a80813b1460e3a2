package data

import (
	"context"
	"strconv"
	"time"

	"consign/data/engine"
)

const (
	// watchDelay is how long after the start the first check begins: the pages come first.
	watchDelay = 10 * time.Second
	// watchPause is the time between two looks whether a check is due.
	watchPause = time.Hour
	// checkEvery is how often all of the register is checked.
	checkEvery = 7 * 24 * time.Hour
)

// checkedAt is the setting with the time of the last whole check that found the register sound, in Unix milliseconds.
const checkedAt = "checked.at"

// WatchAsync checks the register in the background until it is closed: its pages soon after the start, and all of it once a week, the log
// included. Damage is told to listeners (DamageFound), and a broken log, too (LogBroken). Old deletions give their room back. It returns at
// once; call it once, on any goroutine.
func (r *Register) WatchAsync() {
	r.watch = engine.InBackground(r.log, func(ctx context.Context) {
		for wait, first := watchDelay, true; ; wait, first = watchPause, false {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
			if err := r.lookAfter(ctx, first); err != nil && ctx.Err() == nil {
				r.log.WithError(err).Warn("the register was looked at in the background")
			}
			if r.Damage() != nil {
				return
			}
			if err := r.freeOldDeletions(ctx); err != nil && ctx.Err() == nil {
				r.log.WithError(err).Warn("old deletions keep their room")
			}
		}
	})
	r.watch.Want()
}

// lookAfter checks all of the register if a week has passed since it was, else its pages if this is the first look.
func (r *Register) lookAfter(ctx context.Context, first bool) error {
	last, err := r.Safe().LastCheck(ctx)
	switch {
	case err != nil:
		return err
	case !r.Safe().LastLogCheck().Sound(): // it is told, and only a restore mends it
		return nil
	case r.clock().Sub(last) >= checkEvery || last.After(r.clock()):
		return r.checkWhole(ctx)
	case first:
		return r.quickCheck(ctx)
	}
	return nil
}

// checkWhole is Check and CheckLog, of which a good end is kept: what is not sound is looked at again at the next start.
func (r *Register) checkWhole(ctx context.Context) error {
	if err := r.Safe().Check(ctx); err != nil || r.mayWrite() != nil {
		return err
	}
	if log, err := r.Safe().CheckLog(ctx, nil); err != nil || !log.Sound() {
		return err
	}
	return r.Safe().NoteCheck(ctx)
}

// NoteCheck keeps that all of the register was looked at just now, by Check and CheckLog, and found sound. Safe on any goroutine.
func (d Safe) NoteCheck(ctx context.Context) error {
	if d.desk.mayWrite() != nil {
		return nil
	}
	now := &setting{Name: checkedAt, Value: strconv.FormatInt(millis(d.desk.clock()), 10)}
	return d.desk.told(d.desk.write.WithContext(ctx).Save(now).Error)
}

// LastCheck is when all of the register was checked last and found sound; the zero time if it never was. Safe on any goroutine.
func (d Safe) LastCheck(ctx context.Context) (time.Time, error) {
	value, err := d.desk.Settings().Value(ctx, checkedAt)
	if err != nil || value == "" {
		return time.Time{}, err
	}
	at, err := strconv.ParseInt(value, 10, 64)
	if err != nil || at < 0 || at > lastMoment {
		return time.Time{}, nil // it is checked again
	}
	return time.UnixMilli(at), nil
}
