package desk

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2/driver/software"
	"github.com/stretchr/testify/require"
)

// openingsOf has the test binary run again as a child that opens so many pages and says what lives then. Fyne keeps the renderers of what
// is no longer shown for a minute, and the driver of tests for ever, as nothing there clears them away: without that a round of all pages
// seems to leave some 0.8 MB behind. The child has them expire at once, and clears them away at its end, which Fyne does once in ten
// seconds.
const openingsOf = "CONSIGN_OPENINGS"

// living is what a program has in memory.
type living struct{ objects, bytes, goroutines int }

func TestFiveHundredOpeningsOfPagesLeaveNothingBehind(t *testing.T) {
	after := func(openings int) (l living) {
		child := exec.Command(os.Args[0], "-test.run", "^TestOpeningsChild$", "-test.v")
		child.Env = append(os.Environ(), openingsOf+"="+strconv.Itoa(openings), "FYNE_CACHE=1ns")
		out, err := child.CombinedOutput()
		require.NoError(t, err, string(out))
		_, said, found := strings.Cut(string(out), "living ")
		require.True(t, found, string(out))
		_, err = fmt.Sscan(said, &l.objects, &l.bytes, &l.goroutines)
		require.NoError(t, err)
		return l
	}
	few, many := after(120), after(620) // of the first the history is full, and every cache
	t.Logf("after 120 openings %+v, after 620 %+v: %d bytes an opening", few, many, (many.bytes-few.bytes)/500)
	require.LessOrEqual(t, many.goroutines, few.goroutines+1)
	require.Less(t, many.objects, few.objects+few.objects/20, "500 openings more")
}

// TestOpeningsChild is the child.
func TestOpeningsChild(t *testing.T) {
	openings, err := strconv.Atoi(os.Getenv(openingsOf))
	if err != nil {
		t.Skip("it counts only for the test of openings")
	}
	p := sampled(t)
	all := places(t, p)
	for n := range openings {
		p.desk.Go(all[n%len(all)])
	}
	p.desk.Go(all[0])
	software.NewCanvas().Capture() // clears away what has expired
	var m runtime.MemStats
	for range 3 { // what has a finaliser goes with the second
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	fmt.Println("living", m.HeapObjects, m.HeapAlloc, runtime.NumGoroutine())
}
