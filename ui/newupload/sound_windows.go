package newupload

import (
	"syscall"
	"unsafe"
)

var playSound = syscall.NewLazyDLL("winmm.dll").NewProc("PlaySoundW")

// playing holds the sound that the system reads while it plays.
var playing []byte

// playAsync plays a WAV from memory. A sound that still plays is cut off: scans come faster than tones end.
func playAsync(wave []byte) {
	const fromMemory, async, silentDefault = 0x0004, 0x0001, 0x0002
	playing = wave
	_, _, _ = playSound.Call(uintptr(unsafe.Pointer(&playing[0])), 0, fromMemory|async|silentDefault)
}
