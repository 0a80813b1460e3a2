package newupload_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
	"consign/ui/newupload"
	"consign/ui/uitest"
)

// TestSoundsThatHangDoNotGather has a player that never ends, as one does where the sound system hangs.
func TestSoundsThatHangDoNotGather(t *testing.T) {
	folder := t.TempDir()
	script := "#!/bin/sh\necho $$ >> " + filepath.Join(folder, "players") + "\nexec sleep 60\n"
	require.NoError(t, os.WriteFile(filepath.Join(folder, "pw-play"), []byte(script), 0o700))
	newupload.PlayWith(t, filepath.Join(folder, "pw-play"))
	b := newBench(t, newupload.Options{})
	b.tap("Scan…")
	players := func() []string {
		text, _ := os.ReadFile(filepath.Join(folder, "players"))
		return strings.Fields(string(text))
	}
	for n := range 5 {
		b.scan(imei(n))
		require.Eventually(t, func() bool { return len(players()) == n+1 }, time.Minute, time.Millisecond)
	}
	require.Eventually(t, func() bool {
		alive := 0
		for _, id := range players() {
			if _, err := os.Stat(filepath.Join("/proc", id)); err == nil {
				alive++
			}
		}
		return alive == 1
	}, time.Minute, time.Millisecond)
	b.check("Sound")
	b.scan(imei(5))
	require.Never(t, func() bool { return len(players()) > 5 }, 50*time.Millisecond, 10*time.Millisecond, "it is turned off")
	newupload.PlayWith(t, "true")
	b.check("Sound")
	b.scan(imei(6)) // ends the last
}

// check ticks the box with this caption, or no longer.
func (b *bench) check(caption string) {
	uitest.Walk(b.desk.Window(), func(o fyne.CanvasObject) bool {
		c, ok := o.(*control.Check)
		if ok = ok && c.Text == caption; ok {
			test.Tap(c)
		}
		return ok
	})
}
