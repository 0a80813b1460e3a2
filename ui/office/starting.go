package office

import (
	"errors"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/ui/page"
	"consign/ui/system"
	"consign/ui/task"
)

// errNoWindow says that Fyne could not make the window. The log has why.
var errNoWindow = errors.New("the window cannot be made")

// storePage is the "OpenCL, OpenGL and Vulkan Compatibility Pack" in the Microsoft Store.
const storePage = "ms-windows-store://pdp/?ProductId=9NQPSL29BFFF"

// TellNoWindow says, without a window of ours, why there is none and what helps. Call it before Fyne runs.
func (p *Program) TellNoWindow(why error) {
	p.Log.WithError(why).Error("there is no window")
	text, button := noWindow(why)
	if system.Tell(lang.L("Consign cannot show its window"), text, button, lang.L("Close")) {
		if page, err := url.Parse(storePage); err == nil {
			_ = p.App.OpenURL(page)
		}
	}
}

// noWindow is what is said where no window can be made, and the button that helps, "" for none.
func noWindow(why error) (text, button string) {
	old, ok := errors.AsType[*system.NoOpenGL](why)
	if !ok {
		return lang.L("This computer has no screen that Consign can use, or its graphics driver does not work. The log says more.") + "\n\n" +
			lang.L("Nothing was changed."), ""
	}
	text = lang.L("Windows has no OpenGL here, and Consign needs version 2.1.")
	if old.Version != "" {
		text = lang.L("Windows has OpenGL {{.Version}} here, and Consign needs 2.1.", map[string]any{"Version": old.Version})
	}
	return text + " " + lang.L("This happens on a remote desktop, in a virtual machine, and with an old graphics driver.") + "\n\n" +
		lang.L("One of these helps:") +
		"\n• " + lang.L("Install the “OpenCL, OpenGL and Vulkan Compatibility Pack” from the Microsoft Store.") +
		"\n• " + lang.L("Install the latest driver of the graphics card.") +
		"\n• " + lang.L("Start Consign at the computer itself instead of over a remote desktop.") +
		"\n\n" + lang.L("Nothing was changed."), lang.L("Open Store")
}

// attend hears from now on the further starts that want the register at path, or none for "".
func (p *Program) attend(path string) {
	if p.Meeting == "" || path == p.attended && p.unattend != nil {
		return
	}
	if p.unattend != nil {
		p.unattend()
		p.unattend = nil
	}
	if p.attended = path; path == "" {
		return
	}
	stop, err := system.Attend(p.Meeting, path, func(files []string) { p.Do(func() { p.Receive(files) }) })
	if err != nil {
		p.Log.WithError(err).Info("further starts are not heard")
		return
	}
	p.unattend = stop
}

// Receive brings the window to the front and opens files, maybe none, as soon as the desk can take them.
func (p *Program) Receive(files []string) {
	system.ToFront(p.Window)
	p.Take(files)
}

// Take opens files, maybe none, as soon as a desk can take them.
func (p *Program) Take(files []string) {
	p.files = append(p.files, files...)
	p.handFiles()
}

// handFiles gives the files that wait to the desk, now or when what is on screen has been answered. An invitation is for no page: it leads
// to another register.
func (p *Program) handFiles() {
	if len(p.files) == 0 || p.desk == nil {
		return
	}
	if i := slices.IndexFunc(p.files, data.IsInvitation); i >= 0 && p.Window.Canvas().Overlays().Top() == nil {
		path := p.files[i]
		p.files = slices.Delete(p.files, i, i+1)
		page.Ask(p.desk, lang.L("Open another register"), lang.L("{{.File}} leads to a register on a server. "+
			"The one that is open now is closed and stays as it is.", map[string]any{"File": filepath.Base(path)}), lang.L("Open"),
			func() { p.desk.Leave(func() { p.OpenAsync(path) }) })
	}
	if len(p.files) == 0 {
		return
	}
	if p.desk.TakeFiles(p.files) {
		p.files = nil
		return
	}
	const pause = 500 * time.Millisecond
	if !task.Inline {
		time.AfterFunc(pause, func() { p.Do(p.handFiles) })
	}
}
