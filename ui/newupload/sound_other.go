//go:build !windows

package newupload

import (
	"bytes"
	"context"
	"os/exec"
	"sync"
)

// players are programs that play a WAV, the usual ones of the desktops first; all but afplay read it from their input.
var players = [][]string{{"pw-play", "-"}, {"paplay"}, {"aplay", "-q"}, {"afplay", "/dev/stdin"}}

// player is the first of them that is installed; empty if none is, and scans are seen but not heard.
var player = sync.OnceValue(func() []string {
	for _, p := range players {
		if path, err := exec.LookPath(p[0]); err == nil {
			return append([]string{path}, p[1:]...)
		}
	}
	return nil
})

// playing ends the sound that still plays.
var playing = struct {
	sync.Mutex
	stop context.CancelFunc
}{stop: func() {}}

// playAsync plays a WAV. A sound that still plays is cut off: scans come faster than tones end, and a system whose sound hangs must
// not gather players.
func playAsync(wave []byte) {
	p := player()
	if p == nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	playing.Lock()
	playing.stop()
	playing.stop = stop
	playing.Unlock()
	go func() {
		defer stop()
		c := exec.CommandContext(ctx, p[0], p[1:]...)
		c.Stdin = bytes.NewReader(wave)
		_ = c.Run() // a bench without loudspeakers scans as well
	}()
}
