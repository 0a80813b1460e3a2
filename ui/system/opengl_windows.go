package system

import (
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"
)

// PrepareToDraw chooses the OpenGL that Fyne will draw with and makes sure that it can: the system's, or with software the one beside the
// program. The error is a *NoOpenGL. Call it before Fyne makes a window.
func PrepareToDraw(software bool) error {
	if software {
		path, _ := softwareLibrary()
		// whoever asks for opengl32.dll from now on gets this one, as a library of this name is loaded
		if _, err := windows.LoadLibraryEx(path, 0, windows.LOAD_WITH_ALTERED_SEARCH_PATH); err != nil {
			return &NoOpenGL{Cause: err}
		}
	}
	version, renderer, err := askOpenGL()
	if err != nil || !atLeast(version, 2, 1) {
		return &NoOpenGL{version, renderer, err}
	}
	return nil
}

var (
	opengl32 = windows.NewLazyDLL("opengl32.dll")
	gdi32    = windows.NewLazySystemDLL("gdi32.dll")
	user32   = windows.NewLazySystemDLL("user32.dll")

	createWindow      = user32.NewProc("CreateWindowExW")
	destroyWindow     = user32.NewProc("DestroyWindow")
	getDC             = user32.NewProc("GetDC")
	releaseDC         = user32.NewProc("ReleaseDC")
	choosePixelFormat = gdi32.NewProc("ChoosePixelFormat")
	setPixelFormat    = gdi32.NewProc("SetPixelFormat")
	createContext     = opengl32.NewProc("wglCreateContext")
	makeCurrent       = opengl32.NewProc("wglMakeCurrent")
	deleteContext     = opengl32.NewProc("wglDeleteContext")
	getString         = opengl32.NewProc("glGetString")
)

// pixelFormat is PIXELFORMATDESCRIPTOR (wingdi.h).
type pixelFormat struct {
	size, version           uint16
	flags                   uint32
	kind, colorBits         uint8
	_                       [13]uint8
	depthBits, stencilBits  uint8
	_, _, _                 uint8
	layer, visible, damages uint32
}

// askOpenGL asks an unseen window what OpenGL draws in it.
func askOpenGL() (version, renderer string, err error) {
	if err := errors.Join(opengl32.Load(), gdi32.Load()); err != nil {
		return "", "", err
	}
	class, _ := windows.UTF16PtrFromString("STATIC")
	window, _, err := createWindow.Call(0, uintptr(unsafe.Pointer(class)), 0, 0, 0, 0, 16, 16, 0, 0, 0, 0)
	if window == 0 {
		return "", "", err
	}
	defer destroyWindow.Call(window)
	dc, _, err := getDC.Call(window)
	if dc == 0 {
		return "", "", err
	}
	defer releaseDC.Call(window, dc)
	const inWindowTwice = 0x4 | 0x20 | 0x1 // PFD_DRAW_TO_WINDOW, PFD_SUPPORT_OPENGL, PFD_DOUBLEBUFFER
	format := pixelFormat{version: 1, flags: inWindowTwice, colorBits: 32, depthBits: 24}
	format.size = uint16(unsafe.Sizeof(format))
	n, _, err := choosePixelFormat.Call(dc, uintptr(unsafe.Pointer(&format)))
	if n == 0 {
		return "", "", err
	}
	if ok, _, err := setPixelFormat.Call(dc, n, uintptr(unsafe.Pointer(&format))); ok == 0 {
		return "", "", err
	}
	context, _, err := createContext.Call(dc)
	if context == 0 {
		return "", "", err
	}
	defer deleteContext.Call(context)
	if ok, _, err := makeCurrent.Call(dc, context); ok == 0 {
		return "", "", err
	}
	defer makeCurrent.Call(0, 0)
	const glRenderer, glVersion = 0x1F01, 0x1F02
	return text(glVersion), text(glRenderer), nil
}

func text(name uintptr) string {
	address, _, _ := getString.Call(name)
	if address == 0 {
		return ""
	}
	return windows.BytePtrToString(*(**byte)(unsafe.Pointer(&address)))
}
