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
	frame   string
	close   func()
}

const screenWidth, screenHeight = 1280, 800

// newScreen starts Xvfb. close ends it.
func newScreen(t testing.TB) *screen {
	t.Helper()
	dir := t.TempDir()
	read, write, err := os.Pipe()
	require.NoError(t, err)
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", screenWidth, screenHeight), "-fbdir", dir,
		"-nolisten", "tcp", "-noreset")
	x.ExtraFiles = []*os.File{write}
	require.NoError(t, x.Start())
	require.NoError(t, write.Close())
	number, err := bufio.NewReader(read).ReadString('\n') // it comes in two pieces, and Xvfb wants both taken
	require.NoError(t, errors.Join(err, read.Close()))
	return &screen{":" + strings.TrimSpace(number), filepath.Join(dir, "Xvfb_screen0"), func() {
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

// picture is what the screen shows. The frame is a file in X's own format XWD (X11/XWDFile.h): a header of big-endian
// numbers, a colour map, and the pixels.
func (s *screen) picture() (*image.NRGBA, error) {
	file, err := os.Open(s.frame)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil || len(text) < 100 {
		return nil, errors.Join(err, io.ErrUnexpectedEOF)
	}
	number := func(i int) int { return int(binary.BigEndian.Uint32(text[4*i:])) }
	const headerSize, width, height, bytesPerLine, colours = 0, 4, 5, 12, 19
	pixels := text[number(headerSize)+12*number(colours):]
	picture := image.NewNRGBA(image.Rect(0, 0, number(width), number(height)))
	for y := range number(height) {
		for x := range number(width) {
			p := pixels[y*number(bytesPerLine)+4*x:]
			picture.SetNRGBA(x, y, color.NRGBA{R: p[2], G: p[1], B: p[0], A: 0xff})
		}
	}
	return picture, nil
}

// coloursOf counts the colours of a picture, in every third pixel: looking must not take the processor from what is looked at.
func coloursOf(p *image.NRGBA) int {
	seen := map[[3]byte]struct{}{}
	for i := 0; i < len(p.Pix); i += 12 {
		seen[[3]byte{p.Pix[i], p.Pix[i+1], p.Pix[i+2]}] = struct{}{}
	}
	return len(seen)
}

// drawn waits until the screen shows at least so many colours.
func (s *screen) drawn(colours int, within time.Duration) (*image.NRGBA, error) {
	for end := time.Now().Add(within); ; time.Sleep(20 * time.Millisecond) {
		picture, err := s.picture() // the frame is there a moment after the screen is
		n := 0
		if err == nil {
			n = coloursOf(picture)
		}
		if n >= colours {
			return picture, nil
		} else if time.Now().After(end) {
			return picture, errors.Join(err, fmt.Errorf("after %v the screen shows %d colours, not %d", within, n, colours))
		}
	}
}

// An empty window of Fyne shows a dozen colours, smoothed text in one colour a few dozen, the desk on the sample hundreds.
const coloursOfADesk = 120

func TestProgramFillsItsWindow(t *testing.T) {
	program := os.Getenv("CONSIGN_PROGRAM")
	if program == "" {
		t.Skip("make screen runs this with the built program")
	}
	s := newScreen(t)
	defer s.close()
	log := filepath.Join(t.TempDir(), "consign.log")
	p := s.start(t, t.TempDir(), program, "--sample", "--log-file", log)
	picture, err := s.drawn(coloursOfADesk, time.Minute)
	if picture != nil {
		require.NoError(t, os.MkdirAll("../../build", 0o755))
		file, createErr := os.Create("../../build/screen.png")
		require.NoError(t, createErr)
		require.NoError(t, errors.Join(png.Encode(file, picture), file.Close()))
	}
	text, _ := os.ReadFile(log)
	require.NoError(t, err, "the log says:\n%s", text)
	require.NotContains(t, string(text), "level=error")
	require.NoError(t, p.Process.Kill())
	_ = p.Wait()
}

// BenchmarkStartUp measures how long the window of the sample register takes until it is drawn, beside an empty Fyne window.
func BenchmarkStartUp(b *testing.B) {
	program, empty := os.Getenv("CONSIGN_PROGRAM"), os.Getenv("CONSIGN_EMPTY")
	if program == "" || empty == "" {
		b.Skip("make bench runs this with the built programs")
	}
	home := b.TempDir()
	register := filepath.Join(home, "register.db")
	start := func(colours int, program string, flags ...string) time.Duration {
		s := newScreen(b)
		defer s.close()
		begin := time.Now()
		p := s.start(b, home, program, flags...)
		_, err := s.drawn(colours, time.Minute)
		took := time.Since(begin)
		require.NoError(b, err)
		require.NoError(b, p.Process.Kill())
		_ = p.Wait()
		return took
	}
	start(coloursOfADesk, program, "--sample", "--register", register) // makes the sample, and warms both programs up
	start(2, empty)
	var ours, theirs time.Duration
	for b.Loop() {
		theirs += start(2, empty)
		ours += start(coloursOfADesk, program, "--sample", "--register", register)
	}
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/desk")
	b.ReportMetric(theirs.Seconds()/float64(b.N), "s/empty")
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "desk/empty")
}
