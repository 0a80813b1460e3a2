package newupload

import "testing"

// PlayWith plays sounds with this program while the test runs.
func PlayWith(t *testing.T, program string) {
	was := player
	player = func() []string { return []string{program} }
	t.Cleanup(func() { player = was })
}
