package data

import (
	"context"
	"strconv"
	"time"
)

// freedAfter is for how long deleted devices keep their places in the indexes of identifiers: what is undone is mostly undone soon, and
// quickly as long. After that the room is worth more; the undoing takes its time then.
const freedAfter = time.Hour

// blocksAtOnce is how many blocks of a thousand ids one step frees, some tenths of a second in which an act waits.
const blocksAtOnce = 4

// freedUpTo is the setting with the latest deletion whose devices have given their places up, as the id of its act.
const freedUpTo = "freed.upto"

// freeOldDeletions has the devices of old deletions give up their places in the indexes of identifiers, which free the pages that the
// housekeeping gives back to the disk. It goes in steps, between which acts have four fifths of the time.
func (r *Register) freeOldDeletions(ctx context.Context) error {
	if r.mayWrite() != nil {
		return nil
	}
	value, err := settingOf(r.read.WithContext(ctx), freedUpTo)
	if err != nil {
		return r.told(err)
	}
	upTo, _ := strconv.ParseInt(value, 10, 64) // nothing that can be read: from the first one on again
	var parts []struct{ ActivityID, First, Last int64 }
	err = r.read.WithContext(ctx).Raw(`SELECT g.activity_id, min(g.block) AS first, max(g.block) AS last FROM deletions g
		JOIN activity a ON a.id = g.activity_id WHERE g.activity_id > ? AND a.at <= ? GROUP BY g.activity_id, g.block / ? ORDER BY 1, 2`,
		upTo, millis(r.clock().Add(-freedAfter)), blocksAtOnce).Scan(&parts).Error
	if err != nil {
		return r.told(err)
	}
	for i, part := range parts {
		begin := time.Now()
		freed := r.write.WithContext(ctx).Exec(`UPDATE devices SET freed = 1 WHERE deleted IS NOT NULL AND freed IS NULL AND id IN (
			SELECT j.value FROM deletions g CROSS JOIN json_each(g.devices) j WHERE g.activity_id = ? AND g.block BETWEEN ? AND ?)`,
			part.ActivityID, part.First, part.Last)
		if freed.Error != nil {
			return r.told(freed.Error)
		}
		if i == len(parts)-1 || parts[i+1].ActivityID != part.ActivityID {
			done := &setting{Name: freedUpTo, Value: strconv.FormatInt(part.ActivityID, 10)}
			if err := r.write.WithContext(ctx).Save(done).Error; err != nil {
				return r.told(err)
			}
		}
		if freed.RowsAffected == 0 {
			continue
		}
		r.engine.SettleAsync()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(4 * time.Since(begin)):
		}
	}
	if len(parts) > 0 {
		r.engine.GiveBackAsync()
	}
	return nil
}
