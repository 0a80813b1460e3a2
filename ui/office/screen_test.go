package office

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// screen is a virtual X screen whose picture can be read from a file.
type screen struct {
	display string
	path    string // of the file with what it shows
	text    []byte // of that file
	close   func()
}

// The usual screen is larger than the windows, so that it shows where one is.
const screenWidth, screenHeight = 1440, 900

// newScreen starts Xvfb with the usual screen. close ends it.
func newScreen(t testing.TB) *screen { return newScreenOf(t, screenWidth, screenHeight) }

func newScreenOf(t testing.TB, width, height int) *screen {
	t.Helper()
	dir := t.TempDir()
	read, write, err := os.Pipe()
	require.NoError(t, err)
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-fbdir", dir,
		"-nolisten", "tcp", "-noreset")
	x.ExtraFiles = []*os.File{write}
	require.NoError(t, x.Start())
	require.NoError(t, write.Close())
	number, err := bufio.NewReader(read).ReadString('\n') // it comes in two pieces, and Xvfb wants both taken
	require.NoError(t, errors.Join(err, read.Close()))
	return &screen{display: ":" + strings.TrimSpace(number), path: filepath.Join(dir, "Xvfb_screen0"), close: func() {
		_ = x.Process.Kill()
		_ = x.Wait()
	}}
}

// start runs a program on the screen with this home.
func (s *screen) start(t testing.TB, home, program string, flags ...string) *exec.Cmd {
	t.Helper()
	p := exec.Command(program, flags...)
	p.Env = append(os.Environ(), "DISPLAY="+s.display, "WAYLAND_DISPLAY=", "HOME="+home, "XDG_SESSION_TYPE=x11",
		"XDG_DATA_HOME="+filepath.Join(home, "data"), "XDG_STATE_HOME="+filepath.Join(home, "state"),
		"XDG_CONFIG_HOME="+filepath.Join(home, "config"), "XDG_CACHE_HOME="+filepath.Join(home, "cache"))
	require.NoError(t, p.Start())
	return p
}

// frame is what the screen shows, in X's own format XWD (X11/XWDFile.h): a header of big-endian numbers, a colour map, and the pixels.
type frame struct {
	width, height, bytesPerLine int
	pixels                      []byte // blue, green, red and nothing
}

// look takes the frame. It is good until the next look: taking room for it would cost what is looked at its time.
func (s *screen) look() (frame, error) {
	file, err := os.Open(s.path)
	if err != nil {
		return frame{}, err
	}
	defer file.Close()
	if s.text == nil {
		s.text = make([]byte, 8*screenWidth*screenHeight)
	}
	n, err := io.ReadFull(file, s.text)
	if n < 100 || !errors.Is(err, io.ErrUnexpectedEOF) {
		return frame{}, errors.Join(err, errors.New("the frame is not whole"))
	}
	text := s.text[:n]
	number := func(i int) int { return int(binary.BigEndian.Uint32(text[4*i:])) }
	const headerSize, width, height, bytesPerLine, colours = 0, 4, 5, 12, 19
	return frame{number(width), number(height), number(bytesPerLine), text[number(headerSize)+12*number(colours):]}, nil
}

// picture is the frame as an image.
func (f frame) picture() image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, f.width, f.height))
	for y := range f.height {
		for x := range f.width {
			p := f.pixels[y*f.bytesPerLine+4*x:]
			picture.SetNRGBA(x, y, color.NRGBA{R: p[2], G: p[1], B: p[0], A: 0xff})
		}
	}
	return picture
}

// colours counts the colours of some pixels: looking must not take the processor from what is looked at.
func (f frame) colours() int {
	seen := map[[3]byte]struct{}{}
	var last [3]byte
	for y := 0; y < f.height; y += 4 {
		line := f.pixels[y*f.bytesPerLine:][:4*f.width]
		for x := y % 3; x < f.width; x += 3 {
			if now := [3]byte(line[4*x:]); now != last || len(seen) == 0 {
				seen[now], last = struct{}{}, now
			}
		}
	}
	return len(seen)
}

// drawn waits until the screen shows at least so many colours.
func (s *screen) drawn(colours int, within time.Duration) (frame, error) {
	for end := time.Now().Add(within); ; time.Sleep(10 * time.Millisecond) {
		f, err := s.look() // the file is there a moment after the screen is
		n := 0
		if err == nil {
			n = f.colours()
		}
		if n >= colours {
			return f, nil
		} else if time.Now().After(end) {
			return f, errors.Join(err, fmt.Errorf("after %v the screen shows %d colours, not %d", within, n, colours))
		}
	}
}

// A screen without a window has one colour, an empty window of Fyne a dozen, the dialog that says that the sample is being opened 130, the
// desk on the sample a thousand.
const (
	coloursOfAWindow = 2
	coloursOfADesk   = 600
)

func TestProgramFillsItsWindow(t *testing.T) {
	program := os.Getenv("CONSIGN_PROGRAM")
	if program == "" {
		t.Skip("make screen runs this with the built program")
	}
	s := newScreen(t)
	defer s.close()
	log := filepath.Join(t.TempDir(), "consign.log")
	p := s.start(t, t.TempDir(), program, "--sample", "--log-file", log)
	shown, err := s.drawn(coloursOfADesk, time.Minute)
	if shown.pixels != nil {
		require.NoError(t, os.MkdirAll("../../build", 0o755))
		file, createErr := os.Create("../../build/screen.png")
		require.NoError(t, createErr)
		require.NoError(t, errors.Join(png.Encode(file, shown.picture()), file.Close()))
	}
	text, _ := os.ReadFile(log)
	require.NoError(t, err, "the log says:\n%s", text)
	require.NotContains(t, string(text), "level=error")
	require.NoError(t, p.Process.Kill())
	_ = p.Wait()
}

// TestWindowFitsASmallScreen starts several times, as it depends on who is faster. A window that is too large has its page at the edge of
// the screen, where the margin of one that fits is.
func TestWindowFitsASmallScreen(t *testing.T) {
	program := os.Getenv("CONSIGN_PROGRAM")
	if program == "" {
		t.Skip("make screen runs this with the built program")
	}
	home := t.TempDir()
	for n := range 4 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			s := newScreenOf(t, 1024, 700)
			defer s.close()
			p := s.start(t, home, program, "--sample")
			_, err := s.drawn(coloursOfADesk, time.Minute)
			require.NoError(t, err)
			require.Eventually(t, func() bool {
				f, err := s.look()
				if err != nil {
					return false
				}
				edge := map[color.Color]bool{}
				for picture, y := f.picture(), 120; y < 680; y++ {
					edge[picture.At(1018, y)] = true
				}
				return len(edge) == 1
			}, time.Minute, 100*time.Millisecond, "a page stands at the right edge")
			require.NoError(t, p.Process.Kill())
			_ = p.Wait()
		})
	}
}

// BenchmarkStartUp measures, beside an empty Fyne window, how long the window of the sample register takes until it is there, and until
// its first page is drawn; and how much memory both have when the start is over.
func BenchmarkStartUp(b *testing.B) {
	program, empty := os.Getenv("CONSIGN_PROGRAM"), os.Getenv("CONSIGN_EMPTY")
	if program == "" || empty == "" {
		b.Skip("make bench runs this with the built programs")
	}
	home := b.TempDir()
	sample := []string{"--sample", "--register", filepath.Join(home, "register.db")}
	// start is how long a program takes until the screen shows its window, and until it shows so many colours; and its memory after a rest.
	start := func(colours int, rest time.Duration, program string, flags ...string) (window, drawn time.Duration, memory int) {
		s := newScreen(b)
		defer s.close()
		begin := time.Now()
		p := s.start(b, home, program, flags...)
		_, err := s.drawn(coloursOfAWindow, time.Minute)
		window = time.Since(begin)
		if err == nil {
			_, err = s.drawn(colours, time.Minute)
		}
		drawn = time.Since(begin)
		require.NoError(b, err)
		if rest > 0 {
			time.Sleep(rest)
			memory = memoryOf(b, p.Process.Pid)
		}
		require.NoError(b, p.Process.Kill())
		_ = p.Wait()
		return window, drawn, memory
	}
	start(coloursOfADesk, 0, program, sample...) // makes the sample, and warms both programs up
	start(coloursOfAWindow, 0, empty)
	var window, desk, theirs time.Duration
	for b.Loop() {
		_, bare, _ := start(coloursOfAWindow, 0, empty)
		ours, filled, _ := start(coloursOfADesk, 0, program, sample...)
		window, desk, theirs = window+ours, desk+filled, theirs+bare
	}
	for name, took := range map[string]time.Duration{"window": window, "desk": desk, "empty": theirs} {
		b.ReportMetric(took.Seconds()/float64(b.N), "s/"+name)
	}
	b.ReportMetric(window.Seconds()/theirs.Seconds(), "window/empty")
	b.ReportMetric(desk.Seconds()/theirs.Seconds(), "desk/empty")
	const rest = 4 * time.Second
	_, _, held := start(coloursOfAWindow, rest, empty)
	b.ReportMetric(float64(held), "MB/empty")
	_, _, held = start(coloursOfADesk, rest, program, sample...)
	b.ReportMetric(float64(held), "MB/desk")
}

// memoryOf is how many MB of memory a process has, its part of shared libraries included.
func memoryOf(t testing.TB, process int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", process))
	require.NoError(t, err)
	var size, resident int
	_, err = fmt.Sscan(string(text), &size, &resident)
	require.NoError(t, err)
	return resident * os.Getpagesize() >> 20
}
