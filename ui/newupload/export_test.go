package newupload

import (
	"testing"
	"time"
)

// SetClock gives the bench another clock by which typing is told from a scan.
func SetClock(t *testing.T, clock func() time.Time) {
	before := now
	now = clock
	t.Cleanup(func() { now = before })
}
