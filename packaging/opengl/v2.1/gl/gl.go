// Package gl is the part of OpenGL that Fyne calls, under the names that github.com/go-gl/gl has for it.
//
// On Windows it finds the functions when the first window is there, so that the program can choose which opengl32.dll to load; elsewhere
// they are linked. All functions belong to the goroutine that holds the context.
package gl

import (
	"fmt"
	"runtime"
	"unsafe"
)

// Ptr is the address of the first element of what Fyne sends or fetches.
func Ptr(data any) unsafe.Pointer {
	switch data := data.(type) {
	case []float32:
		return unsafe.Pointer(unsafe.SliceData(data))
	case []uint8:
		return unsafe.Pointer(unsafe.SliceData(data))
	}
	panic(fmt.Sprintf("OpenGL is given a %T", data))
}

// Str is the address of a text that ends in a zero.
func Str(text string) *uint8 { return unsafe.StringData(text) }

// Strs is the address of a list of texts that end in a zero. It stays until free is called.
func Strs(texts ...string) (list **uint8, free func()) {
	addresses, pinned := make([]*uint8, len(texts)), new(runtime.Pinner)
	for i, text := range texts {
		addresses[i] = unsafe.StringData(text)
		pinned.Pin(addresses[i])
	}
	pinned.Pin(unsafe.SliceData(addresses))
	return unsafe.SliceData(addresses), pinned.Unpin
}
