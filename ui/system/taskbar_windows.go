package system

import (
	"sync"
	"syscall"
	"unsafe"

	"fyne.io/fyne/v2"
	"golang.org/x/sys/windows"
)

// taskbarList is ITaskbarList3 (shobjidl.h).
type taskbarList struct{ calls *taskbarCalls }

type taskbarCalls struct {
	_                  [3]uintptr // of IUnknown
	begin              uintptr    // HrInit
	_                  [5]uintptr // of ITaskbarList and ITaskbarList2
	setValue, setState uintptr
}

var (
	createInstance  = windows.NewLazySystemDLL("ole32.dll").NewProc("CoCreateInstance")
	flashWindow     = user32.NewProc("FlashWindowEx")
	foregroundOwner = user32.NewProc("GetForegroundWindow")
)

// taskbar is the one of this user, nil where there is none: Windows without its shell.
var taskbar = sync.OnceValue(func() *taskbarList {
	class, _ := windows.GUIDFromString("{56FDF344-FD6D-11D0-958A-006097C9A090}")
	wanted, _ := windows.GUIDFromString("{EA1AFB91-9E28-4B86-90E9-9E9F8A5EEFAF}")
	_ = windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED) // Fyne's thread stays the same one
	var list *taskbarList
	const inProcess = 1 // CLSCTX_INPROC_SERVER
	failed, _, _ := createInstance.Call(uintptr(unsafe.Pointer(&class)), 0, inProcess, uintptr(unsafe.Pointer(&wanted)),
		uintptr(unsafe.Pointer(&list)))
	if failed != 0 || list == nil {
		return nil
	}
	if failed, _, _ := syscall.SyscallN(list.calls.begin, uintptr(unsafe.Pointer(list))); failed != 0 {
		return nil
	}
	return list
})

// The states of a button in the taskbar.
const (
	noProgress = 0 // TBPF_NOPROGRESS
	unknownEnd = 1 // TBPF_INDETERMINATE
)

// Progress shows in the taskbar how far long work of a window has come, with total 0 that its end is not known. Call it on Fyne's
// goroutine.
func Progress(w fyne.Window, done, total int) {
	if h := Handle(w); h != 0 {
		showProgress(h, done, total)
	}
}

func showProgress(h uintptr, done, total int) (failed uintptr) {
	list := taskbar()
	if list == nil {
		return 0
	}
	if total <= 0 {
		failed, _, _ = syscall.SyscallN(list.calls.setState, uintptr(unsafe.Pointer(list)), h, unknownEnd)
		return failed
	}
	failed, _, _ = syscall.SyscallN(list.calls.setValue, uintptr(unsafe.Pointer(list)), h, uintptr(max(0, done)), uintptr(total))
	return failed
}

// flashing is FLASHWINFO (winuser.h).
type flashing struct {
	size   uint32
	window uintptr
	flags  uint32
	count  uint32
	rate   uint32
}

// EndProgress takes the progress of a window's work from the taskbar. A window behind others blinks there until people come to it. Call it
// on Fyne's goroutine.
func EndProgress(w fyne.Window) {
	h := Handle(w)
	if h == 0 {
		return
	}
	if list := taskbar(); list != nil {
		syscall.SyscallN(list.calls.setState, uintptr(unsafe.Pointer(list)), h, noProgress)
	}
	if front, _, _ := foregroundOwner.Call(); front != h {
		const untilInFront = 0x2 | 0xC // FLASHW_TRAY, FLASHW_TIMERNOFG
		f := flashing{window: h, flags: untilInFront}
		f.size = uint32(unsafe.Sizeof(f))
		flashWindow.Call(uintptr(unsafe.Pointer(&f)))
	}
}
