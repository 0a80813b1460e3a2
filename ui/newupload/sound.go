package newupload

import (
	"bytes"
	"encoding/binary"
	"math"
)

// tone is a sound that a scan makes: heard over the bench without a look at the screen.
type tone struct {
	hertz        []float64 // one after the other
	milliseconds int       // of each
}

// The tones: high and short for a good scan, two falling ones for what must be looked at, low and long for what was refused,
// none for what stands on every box and is no device's.
var (
	noTone   = tone{}
	goodTone = tone{[]float64{1320}, 70}
	doneTone = tone{[]float64{988, 1480}, 70}
	lookTone = tone{[]float64{880, 660}, 120}
	badTone  = tone{[]float64{196, 165}, 220}
)

const (
	sampleRate = 22050
	loudness   = 0.35 // of the most that 16 bits hold
	fade       = 150  // samples at both ends of a tone, so that it does not crack
)

// wave is the tone as a WAV file: one channel of 16 bits.
func (t tone) wave() []byte {
	var samples []int16
	for _, hertz := range t.hertz {
		n := sampleRate * t.milliseconds / 1000
		for i := range n {
			edge := min(1, float64(min(i, n-i))/fade)
			samples = append(samples, int16(math.MaxInt16*loudness*edge*math.Sin(2*math.Pi*hertz*float64(i)/sampleRate)))
		}
	}
	size := uint32(2 * len(samples))
	var b bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), 36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(sampleRate), uint32(2 * sampleRate), uint16(2), uint16(16), []byte("data"), size, samples,
	} {
		_ = binary.Write(&b, binary.LittleEndian, part) // a bytes.Buffer takes everything
	}
	return b.Bytes()
}
