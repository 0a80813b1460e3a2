package data

import (
	"context"
	"slices"
)

// wholeBackupOn is the setting with the day of the latest backup that was checked whole: one before an act is checked quickly, and is not
// the day's.
const wholeBackupOn = "backup.whole.on"

// hasBackupOfDay tells whether the day has a backup that was checked whole. A register that can only be read keeps no day: any will do.
func (r *Register) hasBackupOfDay(ctx context.Context, own []Backup, day string) (bool, error) {
	if !slices.ContainsFunc(own, func(b Backup) bool { return dayOf(b.At) == day }) {
		return false, nil
	}
	if r.mayWrite() != nil {
		return true, nil
	}
	on, err := r.Settings().Value(ctx, wholeBackupOn)
	return on == day, err
}

// noteBackupOfDay keeps that the day has its backup.
func (r *Register) noteBackupOfDay(ctx context.Context, day string) error {
	if r.mayWrite() != nil {
		return nil
	}
	return r.told(r.write.WithContext(ctx).Save(&setting{Name: wholeBackupOn, Value: day}).Error)
}
